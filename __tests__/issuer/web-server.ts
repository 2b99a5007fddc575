import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import { type Certificates, createCertificates } from '../../emulator/certificates.ts';

/** What the server answers at one path. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Cuts the connection instead. */
  readonly reset?: boolean;
}

/** An https server whose answers a test sets path by path; several under one path are given one after the other, the last for ever. */
export interface WebServer {
  readonly origin: string;
  answer(path: string, ...answers: readonly Answer[]): void;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Starts a web server on loopback. Its certificate is for 127.0.0.1 and trusted, unless other ones are given. */
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

/** Adds a CA to those that this process trusts. */
export function trust(authority: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority]);
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
