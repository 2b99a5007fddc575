import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAzure, resolveTenantId } from '../../src/azure/sign-in/index.ts';
import { testDeps } from '../support/deps.ts';
import { type EmulatedJob, openJob } from './support.ts';

let job: EmulatedJob;
beforeAll(async () => {
  job = await openJob();
});
afterAll(() => job?.close());

describe('the tenant', () => {
  test('is read from a token where only its domain is known', async () => {
    const deps = testDeps({ env: job.githubEnv });
    const azure = await connectAzure(job.inputs({ azureTenantId: job.emulator.azure.tenant.domain }), deps);
    await expect(resolveTenantId(azure)).resolves.toBe(job.emulator.tenantId);
  });
});

test.each([
  ['public', 'login.microsoftonline.com', 'api://AzureADTokenExchange', 'management.azure.com'],
  [
    'us-government',
    'login.microsoftonline.us',
    'api://AzureADTokenExchangeUSGov',
    'management.usgovcloudapi.net',
  ],
  ['china', 'login.chinacloudapi.cn', 'api://AzureADTokenExchangeChina', 'management.chinacloudapi.cn'],
])(
  'in %s authority, token audience and resource manager belong together',
  async (cloud, authority, audience, manager) => {
    const seen: string[] = [];
    const deps = testDeps({
      env: job.githubEnv,
      fetch: async (url) => {
        seen.push(new URL(String(url)).searchParams.get('audience') ?? '');
        return new Response('', { status: 403 });
      },
    });
    const azure = await connectAzure(job.inputs({ azureEnvironment: cloud }), deps);
    expect(new URL(azure.environment.authority).host).toBe(authority);
    expect(new URL(azure.environment.resourceManager).host).toBe(manager);
    await expect(
      azure.credential.getToken(`${azure.environment.graphAudience}/.default`),
    ).rejects.toMatchObject({
      code: 'github-oidc-failed',
    });
    expect(new Set(seen)).toEqual(new Set([audience]));
  },
);
