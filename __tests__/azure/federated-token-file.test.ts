import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type EmulatedJob, findFailure, openJob, readClaims, signIn } from './support.ts';

let job: EmulatedJob;
beforeAll(async () => {
  job = await openJob();
});
afterEach(() => {
  job.emulator.behaviour.faults.splice(0);
});
afterAll(() => job?.close());

describe('sign-in with a federated token file', () => {
  const env = () => ({
    AZURE_FEDERATED_TOKEN_FILE: job.emulator.jobTokenFile,
    AZURE_CLIENT_ID: job.emulator.jobClientId,
    AZURE_TENANT_ID: job.emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: job.emulator.subscriptionId,
  });
  const fromEnvironment = () => ({ azureEnvironment: job.emulator.environmentFile });

  test('uses client, tenant and subscription of the environment', async () => {
    const azure = await connectAzure(fromEnvironment(), testDeps({ env: env() }));
    expect(azure).toMatchObject({
      tenantId: job.emulator.tenantId,
      subscriptionId: job.emulator.subscriptionId,
    });
    await expect(
      azure.credential.getToken(`${azure.environment.graphAudience}/.default`),
    ).resolves.toBeTruthy();
  });

  test('names the file if its token has expired', async () => {
    const token = readClaims(readFileSync(job.emulator.jobTokenFile, 'utf8'));
    const old = job.emulator.azure.jobSigner.sign({ ...token, exp: Math.floor(Date.now() / 1000) - 600 });
    const file = job.place.file('old-token', old);
    const deps = { env: { ...env(), AZURE_FEDERATED_TOKEN_FILE: file } };
    expect(await findFailure(deps, fromEnvironment())).toMatchObject({
      code: 'federated-token-expired',
      message: expect.stringContaining(file),
    });
  });

  test('names the file if it does not exist', async () => {
    const deps = { env: { ...env(), AZURE_FEDERATED_TOKEN_FILE: '/nonexistent/token' } };
    expect(await findFailure(deps, fromEnvironment())).toMatchObject({
      code: 'federated-token-unreadable',
      hint: expect.stringContaining('/nonexistent/token'),
    });
  });

  test('names the missing input if the tenant or client ID is unknown', async () => {
    const { AZURE_TENANT_ID, ...withoutTenant } = env();
    expect(await findFailure({ env: withoutTenant }, fromEnvironment())).toMatchObject({
      code: 'azure-sign-in-incomplete',
      message: expect.stringContaining('azure-tenant-id'),
    });
    const { AZURE_CLIENT_ID, ...withoutClient } = env();
    expect(await findFailure({ env: withoutClient }, fromEnvironment())).toMatchObject({
      message: expect.stringContaining('azure-client-id'),
    });
  });

  const outage = {
    service: 'authority',
    method: 'POST',
    path: 'oauth2',
    status: 400,
    body: {
      error: 'temporarily_unavailable',
      error_description: 'AADSTS90033: A transient error has occurred.',
      error_codes: [90033],
    },
  } as const;

  test('retries during an outage of Entra ID', async () => {
    job.emulator.behaviour.faults.push({ ...outage, nth: 1 });
    const deps = testDeps({ env: env(), clock: manualClock() });
    await expect(signIn(deps, fromEnvironment())).resolves.toBeTruthy();
    expect(deps.lines).toContainEqual(expect.stringContaining('Waiting for Entra ID to answer the sign-in'));
  });

  test('blames the service, not the user, for an outage of Entra ID that lasts', async () => {
    job.emulator.behaviour.faults.push(outage);
    expect(await findFailure({ env: env(), clock: manualClock() }, fromEnvironment())).toMatchObject({
      code: 'azure-unavailable',
      fault: 'service',
      message: expect.stringContaining('AADSTS90033'),
    });
  });
});
