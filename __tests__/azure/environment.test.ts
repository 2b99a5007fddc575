import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadAzureEnvironment } from '../../src/azure/index.ts';
import { connectAzure, resolveTenantId } from '../../src/azure/sign-in/index.ts';
import { testDeps } from '../support/deps.ts';
import { type EmulatedJob, openJob } from './support.ts';

let job: EmulatedJob;
beforeAll(async () => {
  job = await openJob();
});
afterAll(() => job?.close());

describe('resolveTenantId', () => {
  test('reads the tenant ID from an access token if only the domain is known', async () => {
    const deps = testDeps({ env: job.githubEnv });
    const azure = await connectAzure(job.inputs({ azureTenantId: job.emulator.azure.tenant.domain }), deps);
    await expect(resolveTenantId(azure)).resolves.toBe(job.emulator.tenantId);
  });

  test('fails if the access token does not contain the tenant ID', async () => {
    const environment = await loadAzureEnvironment('public');
    const credential = { getToken: async () => ({ token: 'opaque', expiresOnTimestamp: 0 }) };
    await expect(resolveTenantId({ environment, credential, tenantId: undefined })).rejects.toMatchObject({
      code: 'tenant-unknown',
    });
  });
});

describe('loadAzureEnvironment', () => {
  test.each(['constructor', 'toString', '__proto__'])('does not take %s for a cloud', async (name) => {
    await expect(loadAzureEnvironment(name)).rejects.toMatchObject({ code: 'azure-environment-invalid' });
  });

  test('reads the file that the emulator wrote', async () => {
    await expect(loadAzureEnvironment(job.emulator.environmentFile)).resolves.toEqual(
      job.emulator.environment,
    );
  });

  test.each([
    ['a field that is missing', { authority: undefined }, '"authority"'],
    ['a field that is empty', { vaultAudience: '' }, '"vaultAudience"'],
    ['a field of another type', { graph: 1 }, '"graph"'],
    ['a URL that is not https', { graph: 'http://graph.example' }, '"graph": expected an https URL'],
    [
      'a slash at the end of a URL',
      { blob: 'https://blob.example/' },
      '"blob": expected a URL without a slash',
    ],
    ['a vault that has no URL', { vaults: { mine: 'mine' } }, '"vaults.mine"'],
  ])('rejects %s', async (_case, change, problem) => {
    const file = job.place.file('cloud.json', JSON.stringify({ ...job.emulator.environment, ...change }));
    await expect(loadAzureEnvironment(file)).rejects.toMatchObject({
      code: 'azure-environment-invalid',
      message: expect.stringContaining(problem),
    });
  });

  test.each(['{', 'null', '[]'])('rejects a file that contains %j', async (text) => {
    const file = job.place.file('cloud.json', text);
    await expect(loadAzureEnvironment(file)).rejects.toMatchObject({ code: 'azure-environment-invalid' });
  });
});

describe('connectAzure', () => {
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
    'uses the endpoints and the token audience of the cloud %s',
    async (cloud, authority, audience, manager) => {
      const audiences: string[] = [];
      const deps = testDeps({
        env: job.githubEnv,
        fetch: async (url) => {
          audiences.push(new URL(String(url)).searchParams.get('audience') ?? '');
          return new Response('', { status: 403 });
        },
      });
      const azure = await connectAzure(job.inputs({ azureEnvironment: cloud }), deps);
      const { environment, credential } = azure;
      expect(new URL(environment.authority).host).toBe(authority);
      expect(new URL(environment.resourceManager).host).toBe(manager);
      await expect(credential.getToken(`${environment.graphAudience}/.default`)).rejects.toMatchObject({
        code: 'github-oidc-failed',
      });
      expect(new Set(audiences)).toEqual(new Set([audience]));
    },
  );
});
