import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadAzureEnvironment, trustCertificateAuthority } from '../../src/azure/index.ts';
import { createWorkloadCredential } from '../../src/verify/workload/exchange.ts';
import { testDeps } from '../support/deps.ts';
import { type EmulatedJob, openJob, signIn } from './support.ts';

let job: EmulatedJob;
let file: string;
beforeAll(async () => {
  job = await openJob();
  // This machine trusts the CA, so that the file of endpoints does not have to name it.
  await trustCertificateAuthority(job.emulator.caFile);
  const { caFile: _, ...environment } = job.emulator.environment;
  file = job.place.file('public-ca.json', JSON.stringify(environment));
});
afterAll(() => job?.close());

// Instance discovery would ask login.microsoftonline.com about the login host, which it does not know.
describe('a custom cloud with a certificate of a public CA', () => {
  test('signs in the job', async () => {
    const deps = testDeps({ env: job.githubEnv });
    await expect(signIn(deps, job.inputs({ azureEnvironment: file }))).resolves.toBeTruthy();
  });

  test('exchanges the token of a workload', async () => {
    const environment = await loadAzureEnvironment(file);
    const raw = readFileSync(job.emulator.jobTokenFile, 'utf8');
    const context = {
      deps: testDeps({}),
      environment,
      facts: { token: async () => ({ raw, expires: Number.POSITIVE_INFINITY }) },
      inputs: { tenantId: job.emulator.tenantId, clientId: job.emulator.jobClientId },
    } as unknown as Parameters<typeof createWorkloadCredential>[0];
    const credential = createWorkloadCredential(context);
    await expect(credential.getToken(`${environment.vaultAudience}/.default`)).resolves.toBeTruthy();
  });
});
