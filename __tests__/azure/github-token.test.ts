import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import type { Deps } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type EmulatedJob, findFailure, openJob, readClaims, signIn } from './support.ts';

let job: EmulatedJob;
beforeAll(async () => {
  job = await openJob();
});
afterEach(() => {
  job.github.answers.splice(0);
});
afterAll(() => job?.close());

const failure = (deps: Partial<Deps>, given = job.inputs()) => findFailure(deps, given);

describe('sign-in with the OIDC token of GitHub', () => {
  test('fetches and masks a token for the audience of the cloud for every exchange', async () => {
    const deps = testDeps({ env: job.githubEnv });
    const azure = await connectAzure(job.inputs(), deps);
    for (const audience of [azure.environment.graphAudience, azure.environment.resourceManagerAudience]) {
      const before = job.github.audiences.length;
      await expect(azure.credential.getToken(`${audience}/.default`)).resolves.toBeTruthy();
      expect(new Set(job.github.audiences.slice(before))).toEqual(new Set(['api://AzureADTokenExchange']));
    }
    expect(deps.masked).toHaveLength(job.github.audiences.length);
    expect(readClaims(deps.masked[0] ?? '')).toMatchObject({ aud: 'api://AzureADTokenExchange' });
    expect(deps.lines.join('\n')).not.toContain(deps.masked[0]);
  });

  test('is preferred to a token file from an earlier step', async () => {
    const deps = testDeps({ env: { ...job.githubEnv, AZURE_FEDERATED_TOKEN_FILE: '/nonexistent' } });
    await expect(signIn(deps, job.inputs())).resolves.toBeTruthy();
  });

  test('retries while the endpoint is overloaded, and waits as long as it asks for', async () => {
    job.github.answers.push({ status: 503 }, { status: 429, retryAfter: 7 });
    const clock = manualClock();
    const deps = testDeps({ env: job.githubEnv, clock });
    await expect(signIn(deps, job.inputs())).resolves.toBeTruthy();
    expect(clock.slept).toContain(7);
    expect(deps.lines.filter((line) => line.includes('the OIDC endpoint of GitHub'))).toHaveLength(2);
  });

  test('reports a rejected request at once, in the words of GitHub', async () => {
    job.github.answers.push({ status: 403 });
    const clock = manualClock();
    expect(await failure({ env: job.githubEnv, clock })).toMatchObject({
      code: 'github-oidc-failed',
      message: 'failed to fetch the OIDC token of GitHub: HTTP 403',
      hint: expect.stringContaining('id-token: write'),
    });
    expect(clock.slept).toEqual([]);
  });

  test.each([
    {
      case: 'the job does not have the permission',
      env: {},
      code: 'github-oidc-permission-missing',
      hint: /permissions:\n {4}id-token: write/,
    },
    {
      case: 'a pull request from a fork started the job',
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      event: { pull_request: { head: { repo: { fork: true } } } },
      code: 'github-oidc-fork',
      hint: /start-emulator/,
    },
    {
      case: 'a pull request from a branch started a job without the permission',
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      event: { pull_request: { head: { repo: { fork: false } } } },
      code: 'github-oidc-permission-missing',
      hint: /id-token: write/,
    },
    {
      case: 'the job does not run in GitHub Actions',
      env: { GITHUB_ACTIONS: 'false' },
      code: 'github-oidc-unavailable',
      hint: /az login/,
    },
  ])('fails with $code if $case', async ({ env, event, code, hint }) => {
    const path = job.place.file('event.json', JSON.stringify(event ?? {}));
    const error = await failure({ env: { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: path, ...env } });
    expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });

  test('shows the federated credential to add if the application does not trust the token', async () => {
    const owner = job.emulator.azure.directory.findOwner(job.emulator.jobClientId);
    const before = owner?.credentials.current ?? [];
    owner?.credentials.set(
      before.map((credential) => ({ ...credential, subject: 'repo:octo/other:ref:refs/heads/main' })),
      0,
    );
    try {
      const { sub } = readClaims(readFileSync(job.emulator.jobTokenFile, 'utf8'));
      expect(await failure({ env: job.githubEnv })).toMatchObject({
        code: 'azure-sign-in-untrusted',
        message: expect.stringContaining('AADSTS700213'),
        hint: expect.stringMatching(/az ad app federated-credential create/),
      });
      expect(await failure({ env: job.githubEnv })).toMatchObject({
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
  ])('names the inputs to check on $aadsts', async ({ given, code, aadsts }) => {
    expect(await failure({ env: job.githubEnv }, job.inputs(given))).toMatchObject({
      code,
      message: expect.stringContaining(aadsts),
      hint: expect.stringContaining('azure-client-id'),
    });
  });
});
