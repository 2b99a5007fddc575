import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeJwt } from 'jose';
import { list, requestToken } from '../../src/kubernetes/index.ts';
import { renderSummary } from '../../src/runtime/index.ts';
import { checkIds } from '../../src/verify/check-ids.ts';
import * as verify from '../../src/verify/index.ts';
import { findProbeEvidence, probeScript } from '../../src/verify/manifest/probe.ts';
import type { Report } from '../../src/verify/report/report.ts';
import { runAction } from '../support/actions.ts';
import { account, buildChain, type Chain } from '../support/chain.ts';

let chain: Chain;
beforeAll(async () => {
  chain = await buildChain();
}, 120_000);
afterAll(() => chain.close());

async function check(inputs: Record<string, string> = {}) {
  const deps = chain.deps();
  const result = await runAction(verify, { ...chain.inputs, ...inputs }, deps);
  const text = readFileSync(String(result.outputs['report-file']), 'utf8');
  return { ...result, deps, text, report: JSON.parse(text) as Report };
}

const statusOf = (report: Report) => Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));

describe('verify-pod on a working chain', () => {
  test('passes every check', async () => {
    const { outputs, report, failure, summary } = await check();
    expect(statusOf(report)).toEqual(Object.fromEntries(checkIds.map((id) => [id, 'passed'])));
    expect(outputs).toMatchObject({ result: 'pass', 'failed-check': '', diagnosis: '' });
    expect(failure).toBeUndefined();
    expect(summary.links).toEqual(['keys', 'issuer', 'cluster', 'identity', 'webhook', 'pod']);
  });

  test('says where the workload ran, and leaves no pod behind', async () => {
    const { report } = await check({ checks: 'pod' });
    expect(report.checks.at(-1)?.evidence).toContainEqual({
      label: 'workload ran',
      value: 'on this runner: an embedded cluster has no nodes',
    });
    const pods = await list<V1Pod>(
      chain.api,
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: account.namespace },
    );
    expect(pods).toEqual([]);
  });

  test('shows no token and no secret in the report, the outputs, the summary and the log', async () => {
    const { text, outputs, summary, deps } = await check();
    const shown = [text, JSON.stringify(outputs), renderSummary(summary), ...deps.lines].join('\n');
    const tokens = deps.masked.filter((secret) => secret.startsWith('eyJ'));
    expect(tokens.length).toBeGreaterThanOrEqual(3);
    expect(deps.masked).toContain('Hello from the vault!');
    for (const secret of deps.masked) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/eyJ[\w-]{20}/);
  });

  test('exchanges a token that is bound to the stored pod', async () => {
    const { deps } = await check({ checks: 'pod' });
    const claims = deps.masked
      .filter((secret) => secret.startsWith('eyJ'))
      .map((token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
    const bound = claims.find((claim) => claim['kubernetes.io']?.pod !== undefined);
    expect(bound).toMatchObject({
      aud: ['api://AzureADTokenExchange'],
      sub: `system:serviceaccount:${account.namespace}:${account.name}`,
      'kubernetes.io': { pod: { name: expect.stringMatching(/^federation-verify-/) } },
    });
  });

  test('can run each check alone', async () => {
    for (const id of checkIds) {
      const { report, failure } = await check({ checks: id });
      expect([id, failure?.message]).toEqual([id, undefined]);
      expect(Object.entries(statusOf(report)).filter(([, status]) => status === 'passed')).toEqual([
        [id, 'passed'],
      ]);
    }
  });
});

describe('verify-pod on a broken chain', () => {
  test('fails at the first broken link with its cause and what to change, and skips the rest', async () => {
    const { outputs, report, failure } = await check({ 'pod-labels': 'app=x' });
    expect(outputs['failed-check']).toBe('pod-mutated');
    expect(outputs.diagnosis).toMatch(/has no label azure.workload.identity\/use/);
    expect(failure).toMatchObject({ code: 'pod-label-missing', hint: expect.stringContaining('"true"') });
    expect(report.checks.find(({ id }) => id === 'token-exchange')).toMatchObject({
      status: 'skipped',
      found: 'skipped because pod-mutated failed',
    });
  });
});

describe('continue-on-broken', () => {
  test('reports every break in one run, and skips checks that would find one of them again', async () => {
    const { outputs, report, failure, summary } = await check({
      'continue-on-broken': 'true',
      'private-key-file': '/nonexistent/sa.key',
      'pod-labels': 'app=x',
      'secret-name': 'no-such-secret',
    });
    expect(statusOf(report)).toMatchObject({
      'key-files': 'failed',
      'published-jwks': 'passed',
      token: 'passed',
      'webhook-ready': 'passed',
      'pod-mutated': 'failed',
      'token-exchange': 'passed',
      'key-vault-read': 'failed',
      pod: 'skipped',
    });
    expect(report.checks.at(-1)?.found).toBe('skipped because pod-mutated failed');
    expect(outputs['failed-check']).toBe('key-files');
    expect(failure?.hint).toMatch(
      /Also broken at pod-mutated: [\s\S]*label[\s\S]*Also broken at key-vault-read: [\s\S]*secret-name/,
    );
    expect(summary.title).toBe('Verification failed at key-files, pod-mutated, key-vault-read');
  });

  test('counts a break that two checks find once', async () => {
    const { report } = await check({
      'continue-on-broken': 'true',
      'issuer-url': 'https://127.0.0.1:2/nothing/',
      'public-key-file': '',
      'private-key-file': '',
    });
    const { 'discovery-document': discovery, 'published-jwks': jwks } = statusOf(report);
    expect([discovery, jwks]).toEqual(['failed', 'skipped']);
    expect(report.checks.find(({ id }) => id === 'published-jwks')?.found).toBe(
      'same cause as discovery-document',
    );
    expect(statusOf(report)).toMatchObject({
      'cluster-issuer': 'failed',
      'cluster-key': 'skipped',
      'token-exchange': 'skipped',
      'webhook-ready': 'passed',
      'pod-mutated': 'passed',
      pod: 'skipped',
    });
  });
});

describe('the built-in probe', () => {
  /** Runs the script as a pod's container does, with the variables that the webhook injects. */
  async function probe(changed: Readonly<Record<string, string>> = {}) {
    const { emulator, inputs, shop, api } = chain;
    const token = await requestToken(api, {
      namespace: account.namespace,
      serviceAccount: account.name,
      audience: 'api://AzureADTokenExchange',
      expirationSeconds: 600,
    });
    const { stdout, exitCode } = await chain.deps().exec('sh', ['-c', probeScript], {
      env: {
        AZURE_CLIENT_ID: inputs['client-id'],
        AZURE_TENANT_ID: inputs['tenant-id'],
        AZURE_AUTHORITY_HOST: `${emulator.environment.authority}/`,
        AZURE_FEDERATED_TOKEN_FILE: shop.file('token', token, 0o600),
        FEDERATION_SCOPE: 'https://vault.azure.net/.default',
        KEYVAULT_URL: inputs['key-vault-url'],
        SECRET_NAME: inputs['secret-name'],
        CURL_CA_BUNDLE: emulator.caFile,
        ...changed,
      },
    });
    return { exitCode, stdout, findings: Object.fromEntries(findProbeEvidence(stdout)), token };
  }

  test('prints claims and answers, and neither the token nor the secret', async () => {
    const { exitCode, stdout, findings, token } = await probe();
    expect(findings).toMatchObject({
      'in the pod: iss': chain.inputs['issuer-url'],
      'in the pod: sub': `system:serviceaccount:${account.namespace}:${account.name}`,
      'in the pod: aud': 'api://AzureADTokenExchange',
      'in the pod: exp': String(decodeJwt(token).exp),
      'in the pod: exchange': 'HTTP 200',
      'in the pod: vault': 'HTTP 200',
      'in the pod: done': 'read the secret',
    });
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/eyJ|Hello from the vault/);
  });

  test('prints nothing of an answer that breaks off, which may hold the secret', async () => {
    const vault = createServer((_, response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('{"value":"half a secret"}', () => response.destroy());
    });
    await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = vault.address() as AddressInfo;
      const { exitCode, stdout, findings } = await probe({ KEYVAULT_URL: `http://127.0.0.1:${port}` });
      expect(exitCode).toBe(1);
      expect(findings['in the pod: failed']).toMatch(/^vault: curl: \(18\)/);
      expect(stdout).not.toMatch(/half a secret|eyJ/);
    } finally {
      vault.close();
    }
  });

  test('prints nothing of an answer if curl is killed', async () => {
    const curl = (await chain.deps().exec('sh', ['-c', 'command -v curl'])).stdout.trim();
    chain.shop.program(
      'killed/curl',
      `case "$*" in */secrets/*) printf '%s' '{"value":"half a secret"}'; kill -KILL $$;; esac\nexec ${curl} "$@"`,
    );
    const PATH = `${chain.shop.path('killed')}:${process.env.PATH}`;
    const { exitCode, stdout, findings } = await probe({ PATH });
    expect(exitCode).toBe(1);
    expect(findings['in the pod: failed']).toBe('vault: curl: (137) it ended early');
    expect(stdout).not.toMatch(/half|eyJ/);
  });

  test.each([
    [
      'a failed exchange',
      { AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555' },
      /exchange: AADSTS700016/,
    ],
    ['a failed read', { SECRET_NAME: 'no-such-secret' }, /vault: HTTP 404 SecretNotFound/],
    ['a missing variable', { AZURE_TENANT_ID: '' }, /variable AZURE_TENANT_ID is not set/],
    ['a missing token file', { AZURE_FEDERATED_TOKEN_FILE: '/nonexistent' }, /no token in \/nonexistent/],
    ['an unreachable host', { AZURE_AUTHORITY_HOST: 'https://127.0.0.1:2/' }, /exchange: curl: \(7\)/],
  ])('reports %s and exits with code 1', async (_, changed, words) => {
    const { exitCode, findings } = await probe(changed);
    expect(exitCode).toBe(1);
    expect(findings['in the pod: failed']).toMatch(words);
  });
});

describe('the report', () => {
  test('conforms to its schema, for a working and for a broken chain', async () => {
    const ajv = new Ajv2020({ strict: true });
    const validate = ajv.compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')));
    for (const inputs of [{}, { 'pod-labels': 'app=x' }, { 'issuer-url': 'https://127.0.0.1:2/x/' }]) {
      const { report } = await check(inputs);
      validate(report);
      expect(ajv.errorsText(validate.errors)).toBe('No errors');
    }
    expect(validate({ schemaVersion: 1, extra: 1 })).toBe(false);
  });
});
