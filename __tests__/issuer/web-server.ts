import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import { type Certificates, createCertificates } from '../../emulator/certificates.ts';

/** What the server answers at one path. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Closes the connection instead. */
  readonly reset?: boolean;
  /** Sends a body that does not end. */
  readonly endless?: boolean;
}

/**
 * An https server whose answers a test sets by path. Several answers for one path are given one after the
 * other; the last one repeats.
 */
export interface WebServer {
  readonly origin: string;
  answer(path: string, ...answers: readonly Answer[]): void;
  /** Requested paths, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Starts a web server on loopback. By default, its certificate is for 127.0.0.1 and trusted. */
export async function startWebServer(certificates?: Certificates): Promise<WebServer> {
  const chosen = certificates ?? (await createCertificates(['127.0.0.1']));
  if (certificates === undefined) trust(chosen.authority);
  const answers = new Map<string, Answer[]>();
  const asked: string[] = [];
  const server = createServer({ cert: chosen.certificate, key: chosen.privateKey }, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const queue = answers.get(path) ?? [];
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 404, body: 'not here' };
    if (answer.reset) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    if (answer.endless) return void sendWithoutEnd(response);
    response.end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (path, ...given) => void answers.set(path, [...given]),
    asked,
    close: () => close(server),
  };
}

function sendWithoutEnd(response: ServerResponse): void {
  if (!response.destroyed) response.write(' '.repeat(64 * 1024), () => sendWithoutEnd(response));
}

/** Adds a CA to those that this process trusts. */
export function trust(authority: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority]);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
