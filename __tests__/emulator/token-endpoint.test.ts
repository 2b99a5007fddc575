import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type RefusalCode, refusals } from '../../emulator/entra/refusals.ts';
import { audience, call, clientId, type Exchange, startTenant, subject, type Tenant } from './tenant.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const withoutPrincipal = 'c1f0a9d8-1111-4222-8333-444455556666';
const withoutCredentials = 'c1f0a9d8-1111-4222-8333-444455557777';
const disabled = 'c1f0a9d8-1111-4222-8333-444455558888';
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

let tenant: Tenant;

beforeAll(async () => {
  tenant = await startTenant({
    seed: {
      applications: [
        { clientId: withoutPrincipal, displayName: 'Without account', servicePrincipal: false },
        { clientId: withoutCredentials, displayName: 'Without credentials' },
        { clientId: disabled, displayName: 'Disabled' },
      ],
    },
  });
  const principal = tenant.emulator.azure.directory.findPrincipal(disabled);
  if (principal) principal.properties = { ...principal.properties, accountEnabled: false };
});
beforeEach(() => tenant.provider.reset());
afterAll(() => tenant?.close());

const discovery = '/provider/.well-known/openid-configuration';
/** Invalid requests by the number of their refusal. `documents` changes what the provider publishes. */
const cases: readonly (readonly [
  code: RefusalCode,
  what: string,
  difference: Exchange,
  documents?: Record<string, unknown>,
])[] = [
  [900144, 'a request without client_id', { form: { client_id: undefined } }],
  [900144, 'a request without scope', { form: { scope: undefined } }],
  [900144, 'a request without grant_type', { form: { grant_type: undefined } }],
  [9002313, 'an assertion of another type', { form: { client_assertion_type: 'saml' } }],
  [70003, 'another grant type', { form: { grant_type: 'password' } }],
  [7000216, 'no credential', { form: { client_assertion: undefined } }],
  [9002324, 'two credentials', { form: { client_secret: 'x' } }],
  [7000215, 'a secret', { form: { client_assertion: undefined, client_secret: 'x' } }],
  [90002, 'an unknown tenant ID', { tenant: 'aaaaaaaa-1111-4222-8333-444455556666' }],
  [90002, 'an unknown domain', { tenant: 'contoso.onmicrosoft.com' }],
  [900023, 'a tenant that is neither an ID nor a domain', { tenant: 'contoso' }],
  [900021, 'the empty tenant', { tenant: '00000000-0000-0000-0000-000000000000' }],
  [
    70011,
    'two scopes',
    { form: { scope: 'https://vault.azure.net/.default https://graph.microsoft.com/.default' } },
  ],
  [1002012, 'a scope without /.default', { form: { scope: 'https://vault.azure.net/user_impersonation' } }],
  [500011, 'an unknown resource', { form: { scope: 'https://unknown.example/.default' } }],
  [50027, 'an assertion that is not a JWT', { assertion: 'abc' }],
  [50027, 'a JWT with claims that are not JSON', { assertion: 'eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln' }],
  [50027, 'an expiry that is not a number', { claims: { exp: 'tomorrow' } }],
  [5002738, 'an HS256 signature', { header: { alg: 'HS256' } }],
  [5002738, 'no signature algorithm', { header: { alg: 'none' } }],
  [5002727, 'an access token as assertion', { header: { typ: 'at+jwt' } }],
  [5002723, 'no key ID', { header: { kid: undefined } }],
  [90014, 'no subject', { claims: { sub: undefined } }],
  [90014, 'no issuer', { claims: { iss: undefined } }],
  [90014, 'no audience', { claims: { aud: undefined } }],
  [90014, 'no expiry', { claims: { exp: undefined } }],
  [
    700222,
    'a token of Entra itself',
    { claims: { iss: 'https://sts.windows.net/11111111-1111-4222-8333-444455556666/' } },
  ],
  [700016, 'an unknown application', { form: { client_id: 'aaaaaaaa-1111-4222-8333-444455556666' } }],
  [700016, 'a client ID that is not a GUID', { form: { client_id: 'hello' } }],
  [7000229, 'an application without service principal', { form: { client_id: withoutPrincipal } }],
  [7000112, 'a disabled account', { form: { client_id: disabled } }],
  [7000226, 'an application without any federated credential', { form: { client_id: withoutCredentials } }],
  [700211, 'another issuer', { claims: { iss: 'https://issuer.example/' } }],
  [700213, 'another subject', { claims: { sub: 'system:serviceaccount:default:other' } }],
  [7002138, 'a subject in uppercase', { claims: { sub: subject.toUpperCase() } }],
  [700212, 'another audience', { claims: { aud: 'sts.amazonaws.com' } }],
  [700212, 'two audiences', { claims: { aud: [audience, 'other'] } }],
  [501661, 'a provider without discovery document', {}, { [discovery]: undefined }],
  [501661, 'a provider without keys', {}, { '/provider/keys': undefined }],
  [501661, 'a discovery document that is not JSON', {}, { [discovery]: '<html>' }],
  [501661, 'an empty authorization_endpoint', {}, { authorization_endpoint: '' }],
  [501661, 'a discovery document of another issuer', {}, { issuer: 'https://issuer.example/' }],
  [501661, 'keys over HTTP', {}, { jwks_uri: 'http://127.0.0.1/keys' }],
  [900612, 'keys that are not JSON', {}, { '/provider/keys': 'text' }],
  [900612, 'an unreadable key', {}, { '/provider/keys': { keys: [{ kty: 'RSA', kid: 'x', n: 1 }] } }],
  [70024, 'a discovery document without jwks_uri', {}, { jwks_uri: undefined }],
  [7000272, 'an unpublished key', { header: { kid: 'unknown' } }],
  [7000274, 'a signature by another key', { key: other.privateKey }],
  [700024, 'an expired assertion', { claims: { exp: 1_600_000_000 } }],
  [700024, 'an assertion that is not valid yet', { claims: { nbf: 1_800_000_000 } }],
];

function publish(documents: Record<string, unknown> = {}): void {
  for (const [name, value] of Object.entries(documents)) {
    const { documents: published } = tenant.provider;
    if (name.startsWith('/')) published.set(name, value);
    else published.set(discovery, { ...(published.get(discovery) as object), [name]: value });
  }
}

describe('token endpoint', () => {
  // A parameter without a value in the row would be jest's `done`, and the test would wait for it.
  test.each(cases.map((row) => [row[0], row[1], row] as const))('answers %i to %s', async (code, _, row) => {
    const [, , difference, documents] = row;
    publish(documents);
    const { status, body } = await tenant.exchange(difference);
    expect({ status, codes: body.error_codes, error: body.error }).toEqual({
      status: refusals[code].status,
      codes: [code],
      error: refusals[code].error,
    });
    expect(body.error_description).toMatch(
      new RegExp(
        `^AADSTS${code}: .+ Trace ID: ${body.trace_id} Correlation ID: ${body.correlation_id} Timestamp: ${body.timestamp}$`,
      ),
    );
    expect(body.error_description).not.toMatch(/\{\w+\}/);
    expect(body.timestamp).toBe('2023-11-14 22:13:20Z');
    expect(body.trace_id).toMatch(guid);
  });

  test('has a case for every refusal', () => {
    expect([...new Set(cases.map(([code]) => Number(code)))].sort()).toEqual(
      Object.keys(refusals).map(Number).sort(),
    );
  });

  test('issues a v1 token that is signed with the published key', async () => {
    const { status, body } = await tenant.exchange();
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['access_token', 'expires_in', 'ext_expires_in', 'token_type'],
    ]);
    const principal = tenant.emulator.azure.directory.findPrincipal(clientId);
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: 'https://vault.azure.net',
      iss: `https://sts.windows.net/${tenant.emulator.tenantId}/`,
      appid: clientId,
      oid: principal?.id,
      tid: tenant.emulator.tenantId,
      ver: '1.0',
    });
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    const { authority } = tenant.emulator.environment;
    const known = await call(
      `${authority}/${tenant.emulator.tenantId}/v2.0/.well-known/openid-configuration`,
    );
    expect(known.body.token_endpoint).toBe(`${authority}/${tenant.emulator.tenantId}/oauth2/v2.0/token`);
    const keys = createRemoteJWKSet(new URL(known.body.jwks_uri));
    await jwtVerify(body.access_token, keys, { currentDate: new Date(tenant.clock.now() * 1000) });
  });

  test('accepts the domain of the tenant, and the header type JWT', async () => {
    const { status } = await tenant.exchange({ tenant: 'emulator.onmicrosoft.com', header: { typ: 'JWT' } });
    expect(status).toBe(200);
  });

  test('reads only the first hundred keys of a provider', async () => {
    const padding = Array.from({ length: 100 }, (_, index) => ({
      ...tenant.provider.jwk,
      kid: `key-${index}`,
    }));
    publish({ '/provider/keys': { keys: [...padding, tenant.provider.jwk] } });
    expect((await tenant.exchange()).body.error_codes).toEqual([7000272]);
    publish({ '/provider/keys': { keys: [...padding.slice(1), tenant.provider.jwk] } });
    expect((await tenant.exchange()).status).toBe(200);
  });

  test('returns a given correlation ID if it is a GUID', async () => {
    const id = '0b7c6d5e-1111-4222-8333-444455556666';
    const { body } = await tenant.exchange({ form: { client_id: 'hello', 'client-request-id': id } });
    expect(body.correlation_id).toBe(id);
  });
});
