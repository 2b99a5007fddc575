import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../emulator/index.ts';
import { type EmulatedCloud, openCloud } from './emulated-cloud.ts';
import { get, publish } from './support.ts';

let cloud: EmulatedCloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud?.close());

describe('publish-issuer with a role that is not yet effective', () => {
  const delayed = async (role: string, delay: number, work: () => Promise<void>) => {
    const { roleAssignments } = cloud.emulator.azure.resources;
    const before = [...roleAssignments];
    const { findRole } = await import('../../emulator/arm/roles.ts');
    cloud.emulator.azure.resources.roleAssignments = before.map((one) =>
      findRole(one.roleId)?.name === role ? { ...one, createdAt: cloud.clock.now() } : one,
    );
    cloud.emulator.behaviour.propagationSeconds.roleAssignment = delay;
    try {
      await work();
    } finally {
      cloud.emulator.behaviour.propagationSeconds.roleAssignment = 0;
      cloud.emulator.azure.resources.roleAssignments = before;
    }
  };

  test('waits for the role on blobs by name', async () => {
    const { deps, given } = cloud.begin();
    await delayed('Storage Blob Data Contributor', 200, async () => {
      expect(await publish(given, deps)).toMatchObject({ changed: true });
    });
    expect(cloud.slept()).toBeGreaterThan(190);
    expect(
      deps.lines.some((line) =>
        /Waiting for the role Storage Blob Data Contributor to take effect/.test(line),
      ),
    ).toBe(true);
  });

  test('says how to assign the role on blobs after `propagation-timeout`', async () => {
    const { deps, given } = cloud.begin();
    await delayed('Storage Blob Data Contributor', 1000, async () => {
      await expect(publish({ ...given, 'propagation-timeout': '2m' }, deps)).rejects.toMatchObject({
        code: 'storage-role-missing',
        hint: expect.stringContaining('az role assignment create --role "Storage Blob Data Contributor"'),
      });
    });
    expect(cloud.slept()).toBeLessThanOrEqual(120);
  });

  test('waits for the role on the resource group by name', async () => {
    const { deps, given } = cloud.begin();
    await delayed('Owner', 40, async () => {
      expect(await publish(given, deps)).toMatchObject({ changed: true });
    });
    expect(
      deps.lines.some((line) => line.includes('for the role on the resource group to take effect')),
    ).toBe(true);
  });
});

describe('publish-issuer with a new account', () => {
  test.each([
    ['ParentResourceNotFound', 404],
    ['StorageAccountIsNotProvisioned', 409],
    ['AnotherOperationInProgress', 409],
  ])('waits while Azure answers %s', async (code, status) => {
    const { deps, given } = cloud.begin();
    const body = { error: { code, message: 'Not yet.' } };
    cloud.emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'PUT',
      path: '/containers/oidc',
      nth: 1,
      times: 2,
      status,
      body,
    });
    expect(await publish(given, deps)).toMatchObject({ changed: true });
    expect(cloud.clock.slept).toHaveLength(2);
  });

  test('does not wait for an account that already existed', async () => {
    const { deps, given } = cloud.begin();
    await publish(given, deps);
    const body = { error: { code: 'ParentResourceNotFound', message: 'Gone.' } };
    cloud.emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'GET',
      path: '/containers/oidc',
      status: 404,
      body,
    });
    await expect(publish(given, deps)).rejects.toMatchObject({ code: 'storage-account-missing' });
    expect(cloud.slept()).toBe(0);
  });
});

/** Every kind of request that publishing sends. */
const requests: readonly Pick<Fault, 'service' | 'method' | 'path'>[] = [
  { service: 'resourceManager', method: 'GET', path: 'storageAccounts/trouble\\d+\\?' },
  { service: 'resourceManager', method: 'POST', path: 'checkNameAvailability' },
  { service: 'resourceManager', method: 'PUT', path: 'storageAccounts/trouble\\d+\\?' },
  { service: 'resourceManager', method: 'GET', path: '/containers/oidc' },
  { service: 'resourceManager', method: 'PUT', path: '/containers/oidc' },
  { service: 'blob', method: 'GET', path: 'openid-configuration' },
  { service: 'blob', method: 'GET', path: 'jwks' },
  { service: 'blob', method: 'PUT', path: 'jwks' },
  { service: 'blob', method: 'PUT', path: 'openid-configuration' },
];
const troubles: readonly [string, Omit<Fault, 'service'>][] = [
  ['429 with Retry-After', { status: 429, retryAfter: 21 }],
  ['500', { status: 500 }],
  ['503 twice', { status: 503, times: 2 }],
  ['a connection cut before', { reset: 'before' }],
  ['a connection cut after it was done', { reset: 'after' }],
];

describe.each(troubles)('%s', (_name, trouble) => {
  test.each(requests)(
    'does not keep publish-issuer from publishing: $service $method $path',
    async (request) => {
      const { deps, given } = cloud.begin();
      cloud.emulator.behaviour.faults.push({ ...request, nth: 1, ...trouble });
      const { discoveryUrl, jwksUrl, issuerUrl } = await publish(given, deps);
      expect((await get(discoveryUrl)).body).toMatchObject({ issuer: issuerUrl, jwks_uri: jwksUrl });
      expect((await get(jwksUrl)).body).toMatchObject({ keys: [{ kid: cloud.key.kid }] });
      expect(cloud.clock.slept.length).toBeGreaterThan(0);
      if (trouble.retryAfter !== undefined) expect(cloud.clock.slept[0]).toBe(21);
      expect(await publish(given, deps)).toMatchObject({ changed: false });
    },
  );
});

test.each(requests)(
  'publish-issuer reports an outage at $service $method $path, and leaves a published issuer whole',
  async (request) => {
    const { deps, given } = cloud.begin();
    const other = cloud.anotherKey();
    const whole = await publish(given, deps);
    // A run that writes everything: new account, container and key. The older issuer stays as it is.
    cloud.emulator.behaviour.faults.push({ ...request, status: 500 });
    const { resourceGroup } = cloud.emulator;
    const fresh = { ...given, 'storage-account': cloud.accountName(), 'resource-group': resourceGroup };
    await expect(publish({ ...fresh, 'public-key-file': other.file }, deps)).rejects.toMatchObject({
      code: expect.stringMatching(/azure-unavailable|issuer-unavailable/),
    });
    await publish({ ...given, 'public-key-file': other.file }, deps).catch(() => undefined);
    cloud.emulator.behaviour.faults.length = 0;
    expect((await get(whole.discoveryUrl)).body).toMatchObject({ issuer: whole.issuerUrl });
    const { keys } = (await get(whole.jwksUrl)).body as { keys: { kid: string }[] };
    expect(keys[0]?.kid).toBe(cloud.key.kid);
    // After the outage, the same run completes what it began.
    expect(await publish({ ...fresh, 'public-key-file': other.file }, deps)).toMatchObject({
      keyIds: [other.kid],
    });
  },
);
