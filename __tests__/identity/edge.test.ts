import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseCommandFile } from '../../local-runner/commands.ts';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import { testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let shop: Workshop;

beforeAll(async () => {
  shop = workshop();
  tenant = await openTenant();
});
afterAll(async () => {
  await tenant.close();
  shop.remove();
});

interface Step {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly summary: string;
}

const registry = new URL('../../src/actions/registry.ts', import.meta.url).href;
const program = `import('${registry}').then(({ actions }) => actions['federate-app'].start())`;

/** Runs the program of the action as a runner does: a process with INPUT_* variables and command files. */
function step(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Step> {
  const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'].map(
    (name) => [name, shop.file(`${name}-${Math.random()}`, '')] as const,
  );
  const named = Object.entries(tenant.inputsWith(inputs)).map(
    ([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const,
  );
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', program], {
    env: {
      PATH: process.env.PATH,
      HOME: shop.folder,
      ...Object.fromEntries([...named, ...files]),
      ...env,
    } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
    });
  const read = (name: string) => readFileSync(files.find(([file]) => file === name)?.[1] ?? '', 'utf8');
  return new Promise((resolve) => {
    child.on('close', (code) =>
      resolve({
        ...{ code, log },
        outputs: new Map(parseCommandFile(read('GITHUB_OUTPUT'))),
        state: new Map(parseCommandFile(read('GITHUB_STATE'))),
        summary: read('GITHUB_STEP_SUMMARY'),
      }),
    );
  });
}

/** A program called `az` on PATH that has a session, and hands out what it was given for each resource. */
async function azProgram(): Promise<string> {
  const azure = await connectAzure(
    { azureEnvironment: tenant.emulator.environmentFile },
    testDeps({ env: tenant.env }),
  );
  const { graphAudience, resourceManagerAudience } = azure.environment;
  for (const audience of [graphAudience, resourceManagerAudience]) {
    const token = await azure.credential.getToken(`${audience}/.default`);
    const answer = {
      accessToken: token?.token,
      expires_on: Math.floor(Date.now() / 1000) + 3600,
      tokenType: 'Bearer',
    };
    shop.file(`az-tokens/${encodeURIComponent(audience)}`, JSON.stringify(answer));
  }
  const account = {
    id: tenant.emulator.subscriptionId,
    tenantId: tenant.emulator.tenantId,
    environmentName: 'AzureCloud',
  };
  shop.file('az-account.json', JSON.stringify(account));
  const program = shop.program(
    'bin/az',
    [
      `echo "$*" >> ${shop.path('az-calls')}`,
      `[ "$2" = show ] && exec cat ${shop.path('az-account.json')}`,
      'while [ $# -gt 0 ]; do [ "$1" = --resource ] && resource=$2; shift; done',
      `exec cat "${shop.path('az-tokens')}/$(printf %s "$resource" | sed -e 's/:/%3A/g' -e 's|/|%2F|g')"`,
    ].join('\n'),
  );
  return program.replace(/\/az$/, '');
}

const wanted = (name: string) => ({ name, 'key-vault': tenant.emulator.keyVaultUrl });
const done = (name: string) => tenant.federate(wanted(name)).then(({ writes }) => writes);

describe('the program of federate-app', () => {
  test('signs in with the OIDC token of GitHub', async () => {
    const { iss, sub } = JSON.parse(
      Buffer.from(
        readFileSync(tenant.emulator.jobTokenFile, 'utf8').split('.')[1] ?? '',
        'base64url',
      ).toString(),
    );
    const github = await serve((request, response) => {
      const aud = new URL(request.url ?? '', 'http://github').searchParams.get('audience');
      const now = Math.floor(Date.now() / 1000);
      const token = { iss, sub, aud, iat: now, nbf: now, exp: now + 300 };
      response.end(JSON.stringify({ value: tenant.emulator.azure.jobSigner.sign(token) }));
    });
    try {
      const signIn = {
        'azure-client-id': tenant.emulator.jobClientId,
        'azure-tenant-id': tenant.emulator.tenantId,
        'azure-subscription-id': tenant.emulator.subscriptionId,
      };
      const result = await step(
        { ...wanted('by-github'), ...signIn },
        {
          GITHUB_ACTIONS: 'true',
          GITHUB_REPOSITORY: 'octo/cluster',
          ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
        },
      );
      expect(result).toMatchObject({ code: 0 });
      expect(result.log).toMatch(/::add-mask::ey/);
      expect(await done('by-github')).toEqual([]);
    } finally {
      await github.close();
    }
  });

  test('signs in with a federated token file, and writes outputs, summary and the changes of its post step', async () => {
    const env = { ...tenant.env };
    const inputs = { ...wanted('by-file'), 'on-exit': 'remove' };
    const result = await step(inputs, env);
    expect(result).toMatchObject({ code: 0 });
    expect(result.outputs.get('client-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(result.outputs.get('changes') ?? '')).toContainEqual(
      expect.objectContaining({ kind: 'application', action: 'create' }),
    );
    expect(JSON.parse(result.outputs.get('federated-credentials') ?? '')).toEqual([
      expect.objectContaining({ serviceAccount: 'demo/app', audience: 'api://AzureADTokenExchange' }),
    ]);
    expect(result.summary).toContain('### Federated identity');
    expect(result.summary).toContain('| application | `by-file` | create |');
    const state = Object.fromEntries([...result.state].map(([name, value]) => [`STATE_${name}`, value]));
    const post = await step(inputs, { ...env, ...state });
    expect(post).toMatchObject({ code: 0 });
    expect(post.log).toContain('Deleted application "by-file"');
    const { applications } = tenant.emulator.azure.directory;
    expect(applications.filter(({ properties }) => properties.uniqueName === 'by-file')).toEqual([]);
  });

  test('signs in with the session of the az CLI, only for the resources that it needs', async () => {
    const folder = await azProgram();
    const result = await step(wanted('by-cli'), {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      GITHUB_REPOSITORY: 'octo/cluster',
    });
    expect(result).toMatchObject({ code: 0 });
    expect(result.outputs.get('tenant-id')).toBe(tenant.emulator.tenantId);
    expect(await done('by-cli')).toEqual([]);
    const resources = readFileSync(shop.path('az-calls'), 'utf8').match(/--resource (\S+)/g) ?? [];
    const { graphAudience, resourceManagerAudience } = tenant.emulator.environment;
    expect(new Set(resources)).toEqual(
      new Set([`--resource ${graphAudience}`, `--resource ${resourceManagerAudience}`]),
    );
  });

  test('fails with one error if the session of the az CLI has expired', async () => {
    const script = `echo "ERROR: AADSTS700082: The refresh token has expired. Please run 'az login'." >&2; exit 1`;
    const folder = shop.program('old/az', script).replace(/\/az$/, '');
    const result = await step(wanted('never'), { PATH: `${folder}${delimiter}${process.env.PATH}` });
    expect(result).toMatchObject({ code: 1 });
    expect(result.log).toMatch(
      /::error title=.*::failed to sign in to Azure: az account show: ERROR: AADSTS700082/,
    );
    expect(result.log).toContain('code azure-session-expired');
  });

  test('fails with all ways to sign in if none is set up', async () => {
    const result = await step(wanted('never'), { PATH: shop.path('empty') });
    expect(result).toMatchObject({ code: 1 });
    expect(result.log).toContain('code azure-sign-in-missing');
    expect(existsSync(shop.path('empty'))).toBe(false);
  });
});
