import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type EmulatedJob, failureOf, openJob, readClaims, signIn } from './support.ts';

let job: EmulatedJob;
beforeAll(async () => {
  job = await openJob();
});
afterEach(() => {
  job.emulator.behaviour.faults.splice(0);
});
afterAll(() => job?.close());

describe('a federated token file', () => {
  const env = () => ({
    AZURE_FEDERATED_TOKEN_FILE: job.emulator.jobTokenFile,
    AZURE_CLIENT_ID: job.emulator.jobClientId,
    AZURE_TENANT_ID: job.emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: job.emulator.subscriptionId,
  });
  const fromEnvironment = () => ({ azureEnvironment: job.emulator.environmentFile });

  test('signs in with what the environment names, tenant and subscription included', async () => {
    const azure = await connectAzure(fromEnvironment(), testDeps({ env: env() }));
    expect(azure).toMatchObject({
      tenantId: job.emulator.tenantId,
      subscriptionId: job.emulator.subscriptionId,
    });
    await expect(
      azure.credential.getToken(`${azure.environment.graphAudience}/.default`),
    ).resolves.toBeTruthy();
  });

  test('that is over, or away, says so', async () => {
    const token = readClaims(readFileSync(job.emulator.jobTokenFile, 'utf8'));
    const old = job.emulator.azure.jobSigner.sign({ ...token, exp: Math.floor(Date.now() / 1000) - 600 });
    const file = job.place.file('old-token', old);
    expect(
      await failureOf({ env: { ...env(), AZURE_FEDERATED_TOKEN_FILE: file } }, fromEnvironment()),
    ).toMatchObject({
      code: 'federated-token-expired',
      hint: expect.stringContaining(file),
    });
    expect(
      await failureOf(
        { env: { ...env(), AZURE_FEDERATED_TOKEN_FILE: '/nonexistent/token' } },
        fromEnvironment(),
      ),
    ).toMatchObject({
      code: 'federated-token-unreadable',
      hint: expect.stringContaining('/nonexistent/token'),
    });
  });

  test('without tenant or client id says which is missing', async () => {
    const { AZURE_TENANT_ID, ...withoutTenant } = env();
    expect(await failureOf({ env: withoutTenant }, fromEnvironment())).toMatchObject({
      code: 'azure-sign-in-incomplete',
      message: expect.stringContaining('azure-tenant-id'),
    });
    const { AZURE_CLIENT_ID, ...withoutClient } = env();
    expect(await failureOf({ env: withoutClient }, fromEnvironment())).toMatchObject({
      message: expect.stringContaining('azure-client-id'),
    });
  });

  test("waits for Entra's own hiccups, by name", async () => {
    const body = {
      error: 'temporarily_unavailable',
      error_description: 'AADSTS90033: A transient error has occurred.',
      error_codes: [90033],
    };
    job.emulator.behaviour.faults.push({
      service: 'authority',
      method: 'POST',
      path: 'oauth2',
      nth: 1,
      status: 400,
      body,
    });
    const deps = testDeps({ env: env(), clock: manualClock() });
    await expect(signIn(deps, fromEnvironment())).resolves.toBeTruthy();
    expect(deps.lines).toContainEqual(expect.stringContaining('for Entra to answer the sign-in'));
  });
});
