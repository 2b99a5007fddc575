import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { type AzureInputs, connectAzure, tenantOf } from '../../src/azure/index.ts';
import type { Deps } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

let place: Workshop;
let emulator: Emulator;
/** GitHub's token endpoint; `answers` are given first, then tokens. */
let github: { readonly url: string; readonly audiences: string[]; close(): Promise<void> };
const answers: { readonly status: number; readonly body?: string; readonly retryAfter?: number }[] = [];
let lifetime = 300;

beforeAll(async () => {
  place = workshop();
  emulator = await startEmulator({ directory: place.folder, storage: false });
  const { iss, sub } = claims(readFileSync(emulator.jobTokenFile, 'utf8'));
  const audiences: string[] = [];
  const server = await serve((request, response) => {
    const answer = answers.shift();
    if (answer) {
      response.writeHead(answer.status, { 'retry-after': String(answer.retryAfter ?? 0) });
      response.end(answer.body ?? '');
      return;
    }
    if (request.headers.authorization !== 'Bearer request-token') {
      response.writeHead(401).end();
      return;
    }
    const audience = new URL(request.url ?? '', 'http://github').searchParams.get('audience') ?? '';
    audiences.push(audience);
    const now = Math.floor(Date.now() / 1000);
    const token = { iss, sub, aud: audience, iat: now, nbf: now, exp: now + lifetime, jti: String(now) };
    response.end(JSON.stringify({ value: emulator.azure.jobSigner.sign(token) }));
  });
  github = { ...server, audiences };
});
afterAll(async () => {
  await github.close();
  await emulator.close();
  place.remove();
});
afterEach(() => {
  answers.splice(0);
  emulator.behaviour.faults.splice(0);
  lifetime = 300;
});

function claims(token: string): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

const githubEnv = () => ({
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
});

function inputs(overrides: Partial<AzureInputs> = {}): AzureInputs {
  return {
    azureEnvironment: emulator.environmentFile,
    azureClientId: emulator.jobClientId,
    azureTenantId: emulator.tenantId,
    ...overrides,
  };
}

async function signIn(deps: Deps, given: AzureInputs = inputs()) {
  const azure = await connectAzure(given, deps);
  return azure.credential.getToken(`${azure.environment.graphAudience}/.default`);
}

const failure = (deps: Partial<Deps>, given?: AzureInputs) =>
  signIn(testDeps(deps), given).then(
    () => undefined,
    (error: unknown) => error,
  );

describe("GitHub's OIDC token", () => {
  test('is fetched for the audience of the cloud, masked, and fetched anew for every exchange', async () => {
    const deps = testDeps({ env: githubEnv() });
    const azure = await connectAzure(inputs(), deps);
    for (const audience of [azure.environment.graphAudience, azure.environment.resourceManagerAudience]) {
      const before = github.audiences.length;
      await expect(azure.credential.getToken(`${audience}/.default`)).resolves.toBeTruthy();
      expect(new Set(github.audiences.slice(before))).toEqual(new Set(['api://AzureADTokenExchange']));
    }
    expect(deps.masked).toHaveLength(github.audiences.length);
    expect(claims(deps.masked[0] ?? '')).toMatchObject({ aud: 'api://AzureADTokenExchange' });
    expect(deps.lines.join('\n')).not.toContain(deps.masked[0]);
  });

  test('goes before a token file that an earlier step left', async () => {
    const deps = testDeps({ env: { ...githubEnv(), AZURE_FEDERATED_TOKEN_FILE: '/nonexistent' } });
    await expect(signIn(deps)).resolves.toBeTruthy();
  });

  test('is waited for where the endpoint is busy, for as long as it asks', async () => {
    answers.push({ status: 503 }, { status: 429, retryAfter: 7 });
    const clock = manualClock();
    const deps = testDeps({ env: githubEnv(), clock });
    await expect(signIn(deps)).resolves.toBeTruthy();
    expect(clock.slept).toContain(7);
    expect(deps.lines.filter((line) => line.includes("GitHub's OIDC endpoint"))).toHaveLength(2);
  });

  test('that is refused is reported at once in its own words, not in those of the client around it', async () => {
    answers.push({ status: 403 });
    const clock = manualClock();
    expect(await failure({ env: githubEnv(), clock })).toMatchObject({
      code: 'github-oidc-failed',
      message: "failed to fetch GitHub's OIDC token: HTTP 403",
      hint: expect.stringContaining('id-token: write'),
    });
    expect(clock.slept).toEqual([]);
  });

  test.each([
    {
      case: 'the permission is missing',
      env: {},
      code: 'github-oidc-permission-missing',
      hint: /permissions:\n {4}id-token: write/,
    },
    {
      case: "a fork's pull request",
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      event: { pull_request: { head: { repo: { fork: true } } } },
      code: 'github-oidc-fork',
      hint: /start-emulator/,
    },
    {
      case: 'a pull request of a branch without the permission',
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      event: { pull_request: { head: { repo: { fork: false } } } },
      code: 'github-oidc-permission-missing',
      hint: /id-token: write/,
    },
    {
      case: 'a job that is not in GitHub Actions',
      env: { GITHUB_ACTIONS: 'false' },
      code: 'github-oidc-unavailable',
      hint: /az login/,
    },
  ])('is not there: $case', async ({ env, event, code, hint }) => {
    const path = place.file('event.json', JSON.stringify(event ?? {}));
    const error = await failure({ env: { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: path, ...env } });
    expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  test('that no application trusts is answered with the credential that would', async () => {
    const owner = emulator.azure.directory.ownerOf(emulator.jobClientId);
    const before = owner?.credentials.current ?? [];
    owner?.credentials.set(
      before.map((credential) => ({ ...credential, subject: 'repo:octo/other:ref:refs/heads/main' })),
      0,
    );
    try {
      const { sub } = claims(readFileSync(emulator.jobTokenFile, 'utf8'));
      expect(await failure({ env: githubEnv() })).toMatchObject({
        code: 'azure-sign-in-untrusted',
        message: expect.stringContaining('AADSTS700213'),
        hint: expect.stringMatching(/az ad app federated-credential create/),
      });
      expect(await failure({ env: githubEnv() })).toMatchObject({
        hint: expect.stringContaining(`"subject":"${sub}"`),
      });
    } finally {
      owner?.credentials.set(before, 0);
    }
  });

  test.each([
    {
      given: { azureClientId: '11111111-2222-4333-8444-555555555555' },
      code: 'azure-sign-in-unknown',
      aadsts: 'AADSTS700016',
    },
    {
      given: { azureTenantId: '11111111-2222-4333-8444-555555555555' },
      code: 'azure-sign-in-unknown',
      aadsts: 'AADSTS90002',
    },
  ])('$aadsts says which inputs to check', async ({ given, code, aadsts }) => {
    expect(await failure({ env: githubEnv() }, inputs(given))).toMatchObject({
      code,
      message: expect.stringContaining(aadsts),
      hint: expect.stringContaining('azure-client-id'),
    });
  });
});

describe('a federated token file', () => {
  const env = () => ({
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
  });
  const fromEnvironment = () => ({ azureEnvironment: emulator.environmentFile });

  test('signs in with what the environment names, tenant and subscription included', async () => {
    const azure = await connectAzure(fromEnvironment(), testDeps({ env: env() }));
    expect(azure).toMatchObject({ tenantId: emulator.tenantId, subscriptionId: emulator.subscriptionId });
    await expect(
      azure.credential.getToken(`${azure.environment.graphAudience}/.default`),
    ).resolves.toBeTruthy();
  });

  test('that is over, or away, says so', async () => {
    const token = claims(readFileSync(emulator.jobTokenFile, 'utf8'));
    const old = emulator.azure.jobSigner.sign({ ...token, exp: Math.floor(Date.now() / 1000) - 600 });
    const file = place.file('old-token', old);
    expect(
      await failure({ env: { ...env(), AZURE_FEDERATED_TOKEN_FILE: file } }, fromEnvironment()),
    ).toMatchObject({
      code: 'federated-token-expired',
      hint: expect.stringContaining(file),
    });
    expect(
      await failure(
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
    expect(await failure({ env: withoutTenant }, fromEnvironment())).toMatchObject({
      code: 'azure-sign-in-incomplete',
      message: expect.stringContaining('azure-tenant-id'),
    });
    const { AZURE_CLIENT_ID, ...withoutClient } = env();
    expect(await failure({ env: withoutClient }, fromEnvironment())).toMatchObject({
      message: expect.stringContaining('azure-client-id'),
    });
  });

  test("waits for Entra's own hiccups, by name", async () => {
    const body = {
      error: 'temporarily_unavailable',
      error_description: 'AADSTS90033: A transient error has occurred.',
      error_codes: [90033],
    };
    emulator.behaviour.faults.push({
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

describe("the az CLI's session", () => {
  const without = { azureEnvironment: 'public' };
  const az = (exitCode: number, stdout: string, stderr = ''): Partial<Deps> => ({
    exec: async () => ({ exitCode, stdout, stderr, timedOut: false }),
  });

  test('gives tenant and subscription', async () => {
    const account = { id: 'sub', tenantId: 'tenant', environmentName: 'AzureCloud' };
    const azure = await connectAzure(without, testDeps(az(0, JSON.stringify(account))));
    expect(azure).toMatchObject({ tenantId: 'tenant', subscriptionId: 'sub' });
  });

  test('that is over is reported as such', async () => {
    expect(
      await failure(az(1, '', "ERROR: Please run 'az login' to setup account.\n"), without),
    ).toMatchObject({
      code: 'azure-session-expired',
      message: expect.stringContaining("Please run 'az login'"),
      hint: expect.stringContaining('azure/login'),
    });
  });

  test('of another cloud is refused before it is used', async () => {
    const account = { id: 'sub', tenantId: 'tenant', environmentName: 'AzureCloud' };
    expect(
      await failure(az(0, JSON.stringify(account)), { azureEnvironment: 'us-government' }),
    ).toMatchObject({
      code: 'azure-session-elsewhere',
      hint: expect.stringContaining('az cloud set --name AzureUSGovernment'),
    });
  });

  test('that cannot be, for want of az, says what all could be set', async () => {
    const exec = () => Promise.reject(Object.assign(new Error('spawn az ENOENT'), { code: 'ENOENT' }));
    expect(await failure({ exec }, without)).toMatchObject({
      code: 'azure-sign-in-missing',
      hint: expect.stringContaining('start-emulator'),
    });
  });
});

describe('the tenant', () => {
  test('is read from a token where only its domain is known', async () => {
    const deps = testDeps({ env: githubEnv() });
    const azure = await connectAzure(inputs({ azureTenantId: emulator.azure.tenant.domain }), deps);
    await expect(tenantOf(azure)).resolves.toBe(emulator.tenantId);
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
      env: githubEnv(),
      fetch: async (url) => {
        seen.push(new URL(String(url)).searchParams.get('audience') ?? '');
        return new Response('', { status: 403 });
      },
    });
    const azure = await connectAzure(inputs({ azureEnvironment: cloud }), deps);
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
