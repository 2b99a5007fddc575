import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import type { StorageAccount } from '../arm/resources.ts';
import type { Certificates } from '../certificates.ts';
import { signWithSharedKey } from './shared-key.ts';

/** A running Azurite blob service, on loopback with HTTPS. */
export interface Azurite {
  /** Opens a request unchanged. The caller writes the body and reads the response. */
  open(method: string, path: string, headers: OutgoingHttpHeaders): ReturnType<typeof httpsRequest>;
  /** Sends a request that is signed with the account key. */
  asAccount(account: StorageAccount, request: AccountRequest): Promise<AccountResponse>;
  close(): Promise<void>;
}

export interface AccountRequest {
  readonly method: string;
  /** Path below the account: `container/blob`, not encoded. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface AccountResponse {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The used parts of Azurite's private modules. The version is pinned. */
interface BlobServer {
  readonly accountDataStore: {
    getAccount(name: string): { name: string; key1: Buffer; key2: Buffer } | undefined;
  };
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}
interface Modules {
  readonly BlobServer: new (configuration: unknown) => BlobServer;
  readonly BlobConfiguration: new (...settings: readonly unknown[]) => unknown;
  readonly MemoryExtentChunkStore: new () => unknown;
}

export interface AzuriteOptions {
  /** Folder for the certificate files that Azurite needs. */
  readonly directory: string;
  /** A folder whose `node_modules` holds Azurite. */
  readonly packages: string;
  readonly certificates: Certificates;
  /** Called for every request, so that a new account works at once. */
  readonly findAccount: (name: string) => StorageAccount | undefined;
}

/** Starts Azurite's blob service with OAuth in this process, in memory, on a free port of loopback. */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const { directory, certificates, findAccount } = options;
  const { BlobServer, BlobConfiguration, MemoryExtentChunkStore } = loadModules(options.packages);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const certificateFile = join(directory, 'azurite-certificate.pem');
  const keyFile = join(directory, 'azurite-key.pem');
  await writeFile(certificateFile, certificates.certificate, { mode: 0o600 });
  await writeFile(keyFile, certificates.privateKey, { mode: 0o600 });
  const server = new BlobServer(
    new BlobConfiguration(
      '127.0.0.1',
      0,
      ...[5, join(directory, 'blob.json'), join(directory, 'extents.json'), []], // Keep-alive in seconds, and paths of files that are not written.
      ...[false, undefined, false, undefined], // Access log and debug log.
      ...[true, true], // Ignores unknown headers and accepts newer API versions.
      ...[certificateFile, keyFile, '', 'basic'],
      true, // The account is in the path, whatever the host is.
      ...[true, new MemoryExtentChunkStore()],
    ),
  );
  server.accountDataStore.getAccount = (name) => {
    const account = findAccount(name);
    if (!account) return undefined;
    const [key1, key2] = account.keys;
    return { name, key1: Buffer.from(key1, 'base64'), key2: Buffer.from(key2, 'base64') };
  };
  await server.start();
  const { port } = new URL(server.getHttpServerAddress());
  const agent = new Agent({ ca: certificates.authority, keepAlive: true });
  const open: Azurite['open'] = (method, path, headers) =>
    httpsRequest({ host: '127.0.0.1', port, method, path, headers, agent });
  return {
    open,
    asAccount: (account, request) => sendAsAccount(open, account, request),
    close: async () => {
      agent.destroy();
      await server.close();
    },
  };
}

function loadModules(packages: string): Modules {
  // Not an import: Azurite is not in the bundle, and a bundler must not look for it.
  const { createRequire, Module } = process.getBuiltinModule('node:module');
  const load = createRequire(join(packages, 'package.json'));
  // Telemetry is off, but importing it takes twice as long as the rest of Azurite.
  const telemetry = load.resolve('azurite/dist/src/common/Telemetry.js');
  load.cache[telemetry] ??= Object.assign(new Module(telemetry), {
    loaded: true,
    exports: { AzuriteTelemetryClient: { TraceRequest: () => undefined } },
  });
  return {
    BlobServer: load('azurite/dist/src/blob/BlobServer.js').default,
    BlobConfiguration: load('azurite/dist/src/blob/BlobConfiguration.js').default,
    MemoryExtentChunkStore: load('azurite/dist/src/common/persistence/MemoryExtentStore.js')
      .MemoryExtentChunkStore,
  };
}

function sendAsAccount(
  open: Azurite['open'],
  account: StorageAccount,
  { method, path = '', query = {}, headers = {}, body = '' }: AccountRequest,
): Promise<AccountResponse> {
  const encoded = `/${account.name}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const complete = {
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': '2021-12-02',
  };
  const authorization = signWithSharedKey(
    { method, path: encoded, query, headers: complete },
    account.name,
    account.keys[0],
  );
  const search = new URLSearchParams(query).toString();
  return new Promise((resolve, reject) => {
    const outgoing = open(method, search === '' ? encoded : `${encoded}?${search}`, {
      ...complete,
      authorization,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.end(body);
  });
}
