import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The emulated services, by their names in faults and in the request log. */
export const services = ['authority', 'graph', 'resourceManager', 'vault', 'blob', 'website'] as const;
export type Service = (typeof services)[number];

/** One request, as the handlers see it. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The whole body as text. */
  text(): Promise<string>;
}

/** What a handler answers. Objects are sent as JSON, text as it is; undefined is an empty body. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Handler = (exchange: Exchange) => Promise<Reply>;

/** Thrown anywhere below a handler to answer with a refusal. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

// Nothing that the emulated services take is larger; the blob listener streams and does not come here.
const maximumBodyBytes = 4 * 1024 * 1024;

/** The exchange for a request of Node's server. */
export function createExchange(request: IncomingMessage): Exchange {
  return {
    method: request.method ?? 'GET',
    url: getUrl(request),
    headers: request.headers,
    text: async () => {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of request) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > maximumBodyBytes) throw new Refused({ status: 413 });
      }
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}

/** The URL that a client asked for, by its Host header. */
export function getUrl(request: IncomingMessage): URL {
  // A path that starts with two slashes would be taken for a host if it were resolved against a base.
  return new URL(`https://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`);
}

/** Percent-decodes a part of a path; refuses what is not encoded right. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refused({ status: 400 });
  }
}

/** The body as a JSON object. Undefined where it is none. */
export async function readJsonObject(exchange: Exchange): Promise<Record<string, unknown> | undefined> {
  const text = await exchange.text();
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a parsed JSON value is an object with members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
