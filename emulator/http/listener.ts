import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/runtime/index.ts';
import type { Certificates } from '../certificates.ts';
import { createExchange, type Handler, Refused, type Reply, type Service } from './exchange.ts';
import { buildFaultReply, type FaultSource, findFault } from './faults.ts';

/** One entry of the request log. */
export interface RecordedRequest {
  readonly service: Service;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  /** 0 if the connection was closed without a response. */
  readonly status: number;
}

/** What the listeners share. */
export interface Surroundings {
  readonly host: string;
  /** Host in every URL. */
  readonly hostname: string;
  readonly certificates: Certificates;
  readonly clock: Clock;
  readonly faults: FaultSource;
  readonly record: (request: RecordedRequest) => void;
  /** Receives errors of the emulator itself. */
  readonly reportError: (message: string) => void;
}

/** A running HTTPS server of one service. */
export interface Listener {
  /** `https://host:port`, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Handles a request on the objects of Node, for streaming. */
export type StreamHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts an HTTPS server on a free port. Faults apply to every request, and every request is recorded. */
export async function listen(
  service: Service,
  handle: StreamHandler,
  surroundings: Surroundings,
): Promise<Listener> {
  const { certificates, host, hostname } = surroundings;
  const server = createServer({ cert: certificates.certificate, key: certificates.privateKey });
  server.on('request', (request, response) => {
    void serve(service, handle, surroundings, request, response);
  });
  // Clients reuse connections. The server must not close one while the next request is on its way.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Turns a handler of whole requests into one of streams. */
export function createStreamHandler(handler: Handler): StreamHandler {
  return async (request, response) => {
    let reply: Reply;
    try {
      reply = await handler(createExchange(request));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply = error.reply;
    }
    send(response, reply);
  };
}

/** Sends a reply. */
export function send(response: ServerResponse, reply: Reply): void {
  const isText = typeof reply.body === 'string' || Buffer.isBuffer(reply.body);
  const body =
    reply.body === undefined ? '' : isText ? (reply.body as string | Buffer) : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...(reply.body !== undefined && !isText ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...reply.headers,
    'content-length': String(Buffer.byteLength(body)),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

async function serve(
  service: Service,
  handle: StreamHandler,
  surroundings: Surroundings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  let isRecorded = false;
  const record = (status: number) => {
    if (!isRecorded) surroundings.record({ service, method, path, status });
    isRecorded = true;
  };
  const fault = findFault(surroundings.faults, service, method, path);
  if (fault?.delaySeconds !== undefined) await surroundings.clock.sleep(fault.delaySeconds);
  if (fault?.reset === 'before') {
    record(0);
    request.destroy();
    return;
  }
  recordWhenAnswered(response, record);
  if (fault?.status !== undefined) {
    request.resume();
    send(response, buildFaultReply(service, fault, fault.status));
    return;
  }
  if (fault?.reset === 'after') cutInsteadOfAnswering(request, response);
  try {
    await handle(request, response);
  } catch (error) {
    const trace = error instanceof Error ? error.stack : undefined;
    surroundings.reportError(`${service} ${method} ${path}: ${trace ?? String(error)}`);
    failWith(error, response);
  }
}

function failWith(error: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = { error: { code: 'InternalServerError', message: String(error) } };
  send(response, { status: 500, body });
}

// Records the request before the first byte of the response leaves: a client with a response always finds its
// request recorded.
function recordWhenAnswered(response: ServerResponse, record: (status: number) => void): void {
  const { writeHead } = response;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    record(args[0]);
    return writeHead.apply(response, args);
  }) as typeof writeHead;
  response.once('close', () => record(0));
}

// The handler serves the request, but not a byte of its response leaves.
function cutInsteadOfAnswering(request: IncomingMessage, response: ServerResponse): void {
  const cut = () => {
    request.socket.destroy();
    return response;
  };
  response.writeHead = cut;
  response.write = () => !cut();
  response.end = cut;
}
