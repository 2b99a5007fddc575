import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createCall, loadAzureEnvironment, readRegion, storageRules } from '../../src/azure/index.ts';
import { getResource } from '../../src/azure/resources.ts';
import { resourceManagerRules } from '../../src/azure/rules/resource-manager.ts';
import { FederationError } from '../../src/errors/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';

type Answer = () => Response | Promise<Response>;

/** Deps whose fetch gives these answers, the last one again and again. */
function answering(...answers: readonly Answer[]): TestDeps & { readonly slept: readonly number[] } {
  const clock = manualClock();
  let asked = 0;
  const fetch = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer === undefined) throw new Error('nobody answers');
    return answer();
  };
  return Object.assign(testDeps({ clock, fetch }), { slept: clock.slept });
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return () => new Response(JSON.stringify(body), { status, headers });
}

const credential = { getToken: async () => ({ token: 'token', expiresOnTimestamp: 0 }) };
const schema = v.object({ name: v.string() });

/** Reads a resource by the rules of Resource Manager. */
async function read(deps: TestDeps, afterCreation = false): Promise<unknown> {
  const environment = await loadAzureEnvironment('public');
  const service = { name: 'Azure Resource Manager', rules: resourceManagerRules, values: {} };
  const call = createCall(service, deps);
  const target = { path: '/subscriptions/s', apiVersion: '2021-04-01', schema };
  return call('read it', () => getResource({ environment, credential }, target, deps), { afterCreation });
}

describe('createCall', () => {
  test('returns what the attempt returns', async () => {
    await expect(read(answering(json(200, { name: 'x', more: 1 })))).resolves.toEqual({ name: 'x' });
  });

  test('reports action, answer, service, status, code and request ID', async () => {
    const body = { error: { code: 'Teapot', message: 'Short and stout.\nRequestId: dropped' } };
    const deps = answering(json(418, body, { 'x-ms-request-id': 'f00d' }));
    await expect(read(deps)).rejects.toMatchObject({
      code: 'azure-refused',
      message:
        'failed to read it: Short and stout. (Azure Resource Manager: HTTP 418 Teapot, request ID f00d)',
    });
    expect(deps.slept).toEqual([]);
  });

  test('reads the code of an answer without a body from its header', async () => {
    const header = { 'x-ms-error-code': 'RoleAssignmentExists' };
    const deps = answering(() => new Response(null, { status: 409, headers: header }));
    await expect(read(deps)).rejects.toMatchObject({ code: 'role-assignment-exists' });
  });

  test('reads the codes and messages of the details', async () => {
    const details = [{ code: 'ResourceGroupNotFound', message: "Resource group 'x' could not be found." }];
    const body = { error: { code: 'MultipleErrorsOccurred', message: 'Please see details.', details } };
    await expect(read(answering(json(400, body)))).rejects.toMatchObject({
      code: 'resource-group-not-found',
      message: expect.stringContaining("Please see details. Resource group 'x' could not be found. (Azure"),
    });
  });

  test('names the policy that forbids a request', async () => {
    const info = { policyAssignmentDisplayName: 'No public blobs' };
    const body = {
      error: {
        code: 'RequestDisallowedByPolicy',
        message: 'Resource was disallowed by policy.',
        additionalInfo: [{ type: 'PolicyViolation', info }],
      },
    };
    await expect(read(answering(json(403, body)))).rejects.toMatchObject({
      message: expect.stringContaining('Resource was disallowed by policy. Policy: No public blobs.'),
    });
  });

  test.each(['<html>', '', 'null', '{"error":7}', '{"error":{"code":7,"details":[7]}}'])(
    'reports the status of the answer %j, which is not an error of Azure',
    async (body) => {
      const deps = answering(() => new Response(body, { status: 403 }));
      await expect(read(deps)).rejects.toMatchObject({
        code: 'azure-role-missing',
        message: 'failed to read it: HTTP 403 (Azure Resource Manager: HTTP 403)',
      });
    },
  );

  test('rejects an answer of another shape', async () => {
    await expect(read(answering(json(200, { name: 7 })))).rejects.toMatchObject({
      code: 'azure-refused',
      message: expect.stringContaining('unexpected answer'),
    });
  });

  test('retries for as long as the service asks for, then returns the answer', async () => {
    const deps = answering(json(429, {}, { 'retry-after': '17' }), json(200, { name: 'x' }));
    await expect(read(deps)).resolves.toEqual({ name: 'x' });
    expect(deps.slept).toEqual([17]);
    expect(deps.lines).toContainEqual(
      expect.stringMatching(/Waiting for the service to accept requests again .*of 300 s/),
    );
  });

  test('reports a broken connection after some retries', async () => {
    const failure = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }));
    await expect(read(answering(failure))).rejects.toMatchObject({
      code: 'azure-unreachable',
      fault: 'service',
      message: expect.stringContaining('no answer ECONNRESET'),
    });
  });

  test('reports an untrusted certificate at once', async () => {
    const cause = { code: 'SELF_SIGNED_CERT_IN_CHAIN' };
    const deps = answering(() => Promise.reject(new TypeError('fetch failed', { cause })));
    await expect(read(deps)).rejects.toMatchObject({ code: 'azure-untrusted' });
    expect(deps.slept).toEqual([]);
  });

  test('waits for a missing object only if it was created a moment ago', async () => {
    const missing = json(404, { error: { code: 'NotFound', message: 'No.' } });
    const old = answering(missing);
    await expect(read(old)).rejects.toMatchObject({ code: 'not-found' });
    expect(old.slept).toEqual([]);
    const recent = answering(missing, json(200, { name: 'x' }));
    await expect(read(recent, true)).resolves.toEqual({ name: 'x' });
    expect(recent.slept).toHaveLength(1);
  });

  test('does not wait longer than its patience', async () => {
    const deps = answering();
    const service = { name: 'Azure Storage', rules: storageRules, patienceSeconds: 20 };
    const values = { account: 'mine', resourceGroup: 'group' };
    const call = createCall({ ...service, values }, deps);
    const error = Object.assign(new Error('no'), { name: 'RestError', statusCode: 403 });
    const refused = Object.assign(error, { code: 'AuthorizationPermissionMismatch' });
    await expect(call('write it', () => Promise.reject(refused))).rejects.toMatchObject({
      code: 'storage-role-missing',
      hint: expect.stringContaining('az storage account show --name mine'),
    });
    expect(deps.slept.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(20);
    expect(deps.slept.length).toBeGreaterThan(1);
  });

  test('passes on an error that is not a refusal', async () => {
    const call = createCall({ name: 'x', rules: resourceManagerRules, values: {} }, answering());
    await expect(call('do it', () => Promise.reject(new RangeError('a bug')))).rejects.toThrow(RangeError);
  });
});

describe('readRegion', () => {
  const region = async (deps: TestDeps, subscriptionId: string | undefined = 'sub') => {
    const environment = await loadAzureEnvironment('public');
    const call = createCall({ name: 'x', rules: resourceManagerRules, values: {} }, deps);
    return readRegion({ environment, credential, subscriptionId }, 'group', call, deps);
  };

  test('returns the region after a temporary failure', async () => {
    const deps = answering(json(503, {}), json(200, { location: 'westeurope' }));
    await expect(region(deps)).resolves.toBe('westeurope');
  });

  test('asks for `location` at once if the job may not read the resource group', async () => {
    const deps = answering(json(403, { error: { code: 'AuthorizationFailed', message: 'No.' } }));
    await expect(region(deps)).rejects.toMatchObject({ code: 'location-missing' });
    expect(deps.slept).toEqual([]);
  });

  test('reports a resource group that does not exist as such', async () => {
    const deps = answering(json(404, { error: { code: 'ResourceGroupNotFound', message: 'No.' } }));
    await expect(region(deps)).rejects.toBeInstanceOf(FederationError);
    await expect(region(deps)).rejects.toMatchObject({ code: 'resource-group-not-found' });
  });
});
