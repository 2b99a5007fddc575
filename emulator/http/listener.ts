import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/runtime/deps.ts';
import type { Fault } from '../behaviour.ts';
import type { Certificates } from '../certificates.ts';
import { createExchange, type Handler, Refused, type Reply, type Service } from './exchange.ts';
import { type FaultSource, findFault } from './faults.ts';

/** One line of the log of requests. */
export interface RecordedRequest {
  readonly service: Service;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** 0 where the connection was cut. */
  readonly status: number;
}

/** What listeners share. */
export interface Surroundings {
  readonly host: string;
  /** Host in the URLs that are handed out. */
  readonly hostname: string;
  readonly certificates: Certificates;
  readonly clock: Clock;
  readonly faults: FaultSource;
  readonly record: (request: RecordedRequest) => void;
  /** Says what the emulator itself did wrong. */
  readonly complain: (message: string) => void;
}

/** A running https server of one service. */
export interface Listener {
  /** `https://host:port`, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Answers on Node's own objects: for what is streamed. */
export type StreamHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts one https server on a free port; every request passes the faults and is recorded. */
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
  // Clients keep a connection for its next request; ours must not end it while that is on its way.
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

/** A handler of whole requests as one of streams. */
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

/** Writes a reply. */
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
  let isNoted = false;
  const note = (status: number) => {
    if (!isNoted) surroundings.record({ service, method, path, status });
    isNoted = true;
  };
  const fault = findFault(surroundings.faults, service, method, path);
  if (fault?.delaySeconds !== undefined) await surroundings.clock.sleep(fault.delaySeconds);
  if (fault?.reset === 'before') {
    note(0);
    request.destroy();
    return;
  }
  noteWhenAnswered(response, note);
  if (fault?.status !== undefined) {
    request.resume();
    send(response, buildFaultReply(service, fault, fault.status));
    return;
  }
  if (fault?.reset === 'after') cutInsteadOfAnswering(request, response);
  try {
    await handle(request, response);
  } catch (error) {
    surroundings.complain(
      `${service} ${method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    if (response.headersSent) response.destroy();
    else
      send(response, {
        status: 500,
        body: { error: { code: 'InternalServerError', message: String(error) } },
      });
  }
}

// Noted before the first byte leaves, so that whoever got the answer finds the request among the recorded.
function noteWhenAnswered(response: ServerResponse, note: (status: number) => void): void {
  const { writeHead } = response;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    note(args[0]);
    return writeHead.apply(response, args);
  }) as typeof writeHead;
  response.once('close', () => note(0));
}

// The handler does its work on a response whose first byte never leaves.
function cutInsteadOfAnswering(request: IncomingMessage, response: ServerResponse): void {
  const cut = () => {
    request.socket.destroy();
    return response;
  };
  response.writeHead = cut;
  response.write = () => !cut();
  response.end = cut;
}

function buildFaultReply(service: Service, fault: Fault, status: number): Reply {
  const headers = {
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
    ...(service === 'blob'
      ? { 'x-ms-error-code': getStorageCode(status), 'content-type': 'application/xml' }
      : {}),
  };
  return { status, headers, body: fault.body ?? buildFaultBody(service, status) };
}

function buildFaultBody(service: Service, status: number): unknown {
  const message =
    status === 429 ? 'Too many requests. Please retry later.' : 'The service failed on purpose.';
  if (service === 'blob' || service === 'website')
    return `<?xml version="1.0" encoding="utf-8"?><Error><Code>${getStorageCode(status)}</Code><Message>${message}</Message></Error>`;
  if (service === 'authority')
    return {
      error: 'temporarily_unavailable',
      error_description: message,
      error_codes: [status === 429 ? 90055 : 90033],
    };
  const code =
    status === 429
      ? 'TooManyRequests'
      : status === 503
        ? 'ServiceUnavailable'
        : status >= 500
          ? 'InternalServerError'
          : 'Refused';
  return { error: { code, message } };
}

function getStorageCode(status: number): string {
  if (status === 429 || status === 503) return 'ServerBusy';
  return status === 500 ? 'InternalError' : 'OperationTimedOut';
}
