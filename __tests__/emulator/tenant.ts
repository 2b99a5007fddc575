import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, createCertificates } from '../../emulator/certificates.ts';
import { type Emulator, type EmulatorOptions, type StateFile, startEmulator } from '../../emulator/index.ts';
import { defaultState } from '../../emulator/state.ts';
import { trustCertificateAuthority } from '../../src/azure/index.ts';
import { computeKeyId } from '../../src/keys/index.ts';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';

export const clientId = '7b0d3f8a-2c54-4e19-a6b1-90c8d7e2f435';
export const subject = 'system:serviceaccount:default:hello';
export const audience = 'api://AzureADTokenExchange';

/** The response to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes, and fail if a shape differs
  readonly body: any;
}

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Sends a request and reads the whole response. Objects are sent as JSON. */
export async function call(
  url: string,
  { method = 'GET', token, headers, body }: Call = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** An identity provider with its own CA. Its documents can be changed, and its requests are recorded. */
export interface Provider {
  readonly issuer: string;
  readonly certificates: Certificates;
  readonly privateKey: KeyObject;
  readonly keyId: string;
  readonly jwk: Record<string, unknown>;
  /** Documents by path. */
  readonly documents: Map<string, unknown>;
  readonly requests: string[];
  /** Restores the documents. */
  reset(): void;
  close(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const certificates = await createCertificates(['127.0.0.1']);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyId = computeKeyId(publicKey);
  const jwk = { use: 'sig', kid: keyId, alg: 'RS256', ...publicKey.export({ format: 'jwk' }) };
  const documents = new Map<string, unknown>();
  const requests: string[] = [];
  const server = createServer(
    { cert: certificates.certificate, key: certificates.privateKey },
    (request, response) => {
      requests.push(request.url ?? '');
      const document = documents.get(request.url ?? '');
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(typeof document === 'string' ? document : JSON.stringify(document));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}/provider/`;
  const reset = () => {
    documents.clear();
    documents.set('/provider/.well-known/openid-configuration', { issuer, jwks_uri: `${issuer}keys` });
    documents.set('/provider/keys', { keys: [jwk] });
    requests.length = 0;
  };
  reset();
  return {
    ...{ issuer, certificates, privateKey, keyId, jwk, documents, requests, reset },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Signs a JWT with any header and claims: with HS256 if the header says so, otherwise with RS256. */
export function signJwt(
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
  key: KeyObject,
): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${encode(header)}.${encode(claims)}`;
  const signature =
    header.alg === 'HS256'
      ? createHmac('sha256', 'secret').update(content).digest()
      : sign('sha256', Buffer.from(content), key);
  return `${content}.${signature.toString('base64url')}`;
}

/** Differences from a valid token request. `undefined` removes a field. */
export interface Exchange {
  readonly tenant?: string;
  readonly form?: Record<string, string | undefined>;
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  readonly key?: KeyObject;
  readonly assertion?: string;
}

/** An emulator on a manual clock, with one federated application and the provider that it trusts. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly provider: Provider;
  readonly clock: Clock;
  /** Sends a token request, which is valid except for the differences. */
  exchange(difference?: Exchange): Promise<Answer>;
  /** Requests an access token for the job's application, or for the workload. */
  token(resource: string, who?: 'job' | 'workload'): Promise<string>;
  close(): Promise<void>;
}

export async function startTenant(
  options: Partial<Omit<EmulatorOptions, 'seed'>> & { readonly seed?: StateFile } = {},
): Promise<Tenant> {
  const directory = await mkdtemp(join(tmpdir(), 'emulator-'));
  const provider = await startProvider();
  const clock = options.clock ?? manualClock();
  const removeAll = async () => {
    await provider.close();
    await rm(directory, { recursive: true, force: true });
  };
  const emulator = await startEmulator({
    directory,
    clock,
    storage: false,
    trustedCertificates: [provider.certificates.authority],
    ...options,
    seed: addWorkload(options.seed ?? {}, provider.issuer),
  }).catch(async (error) => {
    await removeAll();
    throw error;
  });
  await trustCertificateAuthority(emulator.caFile);
  const exchange = (difference: Exchange = {}) => requestToken(emulator, provider, clock, difference);
  return {
    ...{ emulator, provider, clock, exchange },
    token: async (resource, who = 'job') => {
      const scope = `${resource}/.default`;
      const { jobClientId: client_id, jobTokenFile } = emulator;
      const job = { client_id, client_assertion: await readFile(jobTokenFile, 'utf8') };
      const { body } = await exchange({ form: who === 'job' ? { ...job, scope } : { scope } });
      if (typeof body.access_token !== 'string') throw new Error(`no token: ${JSON.stringify(body)}`);
      return body.access_token;
    },
    close: async () => {
      await emulator.close();
      await removeAll();
    },
  };
}

function addWorkload(seed: StateFile, issuer: string): StateFile {
  const federatedCredentials = [{ name: 'hello', issuer, subject }];
  const workload = { clientId, displayName: 'Workload', federatedCredentials };
  return {
    ...seed,
    applications: [...(seed.applications ?? []), ...defaultState.applications, workload],
  };
}

function requestToken(
  emulator: Emulator,
  provider: Provider,
  clock: Clock,
  { tenant = emulator.tenantId, form, header, claims, key, assertion }: Exchange,
): Promise<Answer> {
  const now = Math.floor(clock.now());
  const ownHeader = { alg: 'RS256', kid: provider.keyId, ...header };
  const times = { iat: now, nbf: now, exp: now + 3600 };
  const ownClaims = { iss: provider.issuer, sub: subject, aud: [audience], ...times, ...claims };
  const fields: Record<string, string | undefined> = {
    grant_type: 'client_credentials',
    client_id: clientId,
    scope: 'https://vault.azure.net/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion ?? signJwt(ownHeader, ownClaims, key ?? provider.privateKey),
    ...form,
  };
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return call(`${emulator.environment.authority}/${tenant}/oauth2/v2.0/token?client-request-id=ignored`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ 'x-client-SKU': 'test', ...Object.fromEntries(given) }).toString(),
  });
}
