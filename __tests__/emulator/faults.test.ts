import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { call, startTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let token: string;
beforeAll(async () => {
  tenant = await startTenant();
  token = await tenant.token('https://graph.microsoft.com');
});
beforeEach(() => {
  tenant.emulator.behaviour.faults.length = 0;
});
afterAll(() => tenant?.close());

const list = () => call(`${tenant.emulator.environment.graph}/v1.0/applications`, { token });
const upsert = (name: string) =>
  call(`${tenant.emulator.environment.graph}/v1.0/applications(uniqueName='${name}')`, {
    method: 'PATCH',
    token,
    headers: { prefer: 'create-if-missing' },
    body: { displayName: name },
  });
const isThere = (name: string) =>
  tenant.emulator.azure.directory.applications.some(({ properties }) => properties.uniqueName === name);

describe('faults', () => {
  test('apply to the nth matching request and to `times` requests', async () => {
    const { faults } = tenant.emulator.behaviour;
    faults.push({
      service: 'graph',
      method: 'GET',
      path: '/applications',
      nth: 2,
      times: 2,
      status: 429,
      retryAfter: 7,
    });
    const statuses = [];
    for (let number = 1; number <= 4; number++) {
      await upsert('unharmed');
      statuses.push((await list()).status);
    }
    expect(statuses).toEqual([200, 429, 429, 200]);
  });

  test('answer with the error of the service and Retry-After, or with a given body', async () => {
    const { faults } = tenant.emulator.behaviour;
    faults.push(
      { service: 'graph', nth: 1, status: 429, retryAfter: 7 },
      { service: 'graph', nth: 2, status: 503, body: { own: true } },
    );
    const throttled = await list();
    expect([throttled.headers.get('retry-after'), throttled.body.error.code]).toEqual([
      '7',
      'TooManyRequests',
    ]);
    expect((await list()).body).toEqual({ own: true });
  });

  test('close the connection before the request is served', async () => {
    tenant.emulator.behaviour.faults.push({ service: 'graph', method: 'PATCH', nth: 1, reset: 'before' });
    await expect(upsert('cut-before')).rejects.toThrow('fetch failed');
    expect(isThere('cut-before')).toBe(false);
    expect(tenant.emulator.requests.at(-1)).toMatchObject({ service: 'graph', method: 'PATCH', status: 0 });
  });

  test('close the connection after the request took effect', async () => {
    tenant.emulator.behaviour.faults.push({ service: 'graph', method: 'PATCH', nth: 1, reset: 'after' });
    await expect(upsert('cut-after')).rejects.toThrow('fetch failed');
    expect(isThere('cut-after')).toBe(true);
    expect((await upsert('cut-after')).status).toBe(204);
  });

  test('delay a request on the clock of the emulator', async () => {
    tenant.emulator.behaviour.faults.push({ service: 'graph', nth: 1, delaySeconds: 40 });
    const before = tenant.clock.now();
    expect((await list()).status).toBe(200);
    expect(tenant.clock.now()).toBe(before + 40);
  });

  test('do not affect other services', async () => {
    tenant.emulator.behaviour.faults.push({ service: 'graph', status: 500 });
    expect([(await list()).status, (await tenant.exchange()).status]).toEqual([500, 200]);
  });

  test.each([
    ['authority', 'temporarily_unavailable'],
    ['resourceManager', 'TooManyRequests'],
    ['vault', 'TooManyRequests'],
    ['blob', '<Code>ServerBusy</Code>'],
  ] as const)('have the shape of %s', async (service, text) => {
    const { emulator } = tenant;
    emulator.behaviour.faults.push({ service, status: 429 });
    const { authority, resourceManager } = emulator.environment;
    const urls = { authority, resourceManager, vault: emulator.keyVaultUrl, blob: emulator.azure.urls.blob };
    const { status, body } = await call(`${urls[service]}/anything`);
    expect(status).toBe(429);
    expect(JSON.stringify(body)).toContain(text);
  });
});
