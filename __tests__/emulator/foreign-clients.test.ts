import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, startGraph } from './graph.ts';
import { call } from './tenant.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph?.close());

const vault = 'https://vault.azure.net/.default';

describe('emulator for clients of other languages', () => {
  // MSAL for Go and MSAL4J send these with the resource.
  test.each([`${vault} openid offline_access profile`, `openid email ${vault}`])(
    'issues a token for the scope "%s"',
    async (scope) => {
      expect((await graph.tenant.exchange({ form: { scope } })).status).toBe(200);
    },
  );

  test.each([
    'openid',
    'openid offline_access profile',
    `openid ${vault} https://graph.microsoft.com/.default`,
  ])('answers 70011 to the scope "%s", which does not name exactly one resource', async (scope) => {
    expect((await graph.tenant.exchange({ form: { scope } })).body.error_codes).toEqual([70011]);
  });

  const create = (encoding: string, body: Uint8Array) =>
    fetch(`${graph.root}/applications`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${graph.token}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: Buffer.from(body),
    });
  const application = Buffer.from(JSON.stringify({ displayName: 'Compressed' }));

  // Kiota for Go, which azwi uses, compresses every body.
  test('creates an application from a body that is compressed with gzip', async () => {
    const answer = await create('gzip', gzipSync(application));
    expect([answer.status, await answer.json()]).toEqual([
      201,
      expect.objectContaining({ displayName: 'Compressed' }),
    ]);
  });

  test('answers 415 to a compression that it does not know', async () => {
    expect((await create('zstd', application)).status).toBe(415);
  });

  test('answers 400 to a gzip body that is not compressed', async () => {
    expect((await create('gzip', application)).status).toBe(400);
  });

  test('answers 413 to a small body that expands beyond the limit', async () => {
    expect((await create('gzip', gzipSync(Buffer.alloc(5 * 1024 * 1024)))).status).toBe(413);
  });

  // `az ad` asks for the Graph of the registered cloud, which is the emulator's own URL.
  test('issues a token for its own Graph URL, and Graph knows its caller by it', async () => {
    const { graph: url } = graph.tenant.emulator.environment;
    const { status, body } = await graph.tenant.exchange({ form: { scope: `${url}/.default` } });
    expect(status).toBe(200);
    expect((await call(`${graph.root}/applications`, { token: body.access_token })).status).toBe(403);
  });

  // MSAL's default authority, which `az account clear` reads.
  test('serves the discovery document of /organizations, and no token there', async () => {
    const { authority } = graph.tenant.emulator.environment;
    const { status, body } = await call(`${authority}/organizations/v2.0/.well-known/openid-configuration`);
    expect([status, body.issuer, body.token_endpoint]).toEqual([
      200,
      `${authority}/{tenantid}/v2.0`,
      `${authority}/organizations/oauth2/v2.0/token`,
    ]);
    expect((await graph.tenant.exchange({ tenant: 'organizations' })).status).toBe(400);
  });
});
