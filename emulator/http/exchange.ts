import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { parseJsonObject } from '../json.ts';

/** The emulated services, by their names in faults and in the request log. */
export const services = ['authority', 'graph', 'resourceManager', 'vault', 'blob', 'website'] as const;
export type Service = (typeof services)[number];

/** A request, as handlers see it. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Reads the whole body as text, decompressed if it is gzip. */
  text(): Promise<string>;
}

/** A response. Objects are sent as JSON and text as it is; undefined is an empty body. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Handler = (exchange: Exchange) => Promise<Reply>;

/** Thrown anywhere in a handler to answer with an error. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`HTTP ${reply.status}`);
    this.reply = reply;
  }
}

// No service takes a larger body, except for the blob listener, which streams.
const maximumBodyBytes = 4 * 1024 * 1024;

/** Creates the exchange for a request of Node's server. */
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
      return decode(Buffer.concat(chunks), request.headers['content-encoding']).toString('utf8');
    },
  };
}

// Kiota's client for Go compresses every body, and sends it again without compression only after a 415.
function decode(body: Buffer, encoding = 'identity'): Buffer {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity') return body;
  if (name !== 'gzip') throw new Refused({ status: 415 });
  try {
    return gunzipSync(body, { maxOutputLength: maximumBodyBytes });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Refused({ status: isTooLarge ? 413 : 400 });
  }
}

/** Returns the requested URL, with the host of the Host header. */
export function getUrl(request: IncomingMessage): URL {
  // Not resolved against a base: a path that starts with two slashes would become a host.
  return new URL(`https://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`);
}

/** Percent-decodes a part of a path. Rejects an invalid encoding. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refused({ status: 400 });
  }
}

/** Reads the body as a JSON object; an empty body is one. Returns undefined for other content. */
export async function readJsonObject(exchange: Exchange): Promise<Record<string, unknown> | undefined> {
  const text = await exchange.text();
  return text.trim() === '' ? {} : parseJsonObject(text);
}
