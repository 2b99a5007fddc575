import { randomUUID } from 'node:crypto';
import { type Azure, audiences } from '../azure.ts';
import { type Caller, readBearerToken } from '../entra/access-tokens.ts';
import type { Application } from '../entra/directory.ts';
import { type Exchange, Refused, type Reply, readJsonObject } from '../http/exchange.ts';

/** A request to Graph, with its caller known. */
export interface GraphContext {
  readonly azure: Azure;
  readonly caller: Caller;
  /** What Graph granted the caller. */
  readonly permissions: readonly string[];
}

/** An answer of Graph's error shape. */
export function graphError(
  status: number,
  code: string,
  message: string,
  headers: Reply['headers'] = {},
): Refused {
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': randomUUID(),
  };
  return new Refused({ status, headers, body: { error: { code, message, innerError } } });
}

/** The refusal for an object that is not there, or not there yet. */
export function objectNotFound(id: string): Refused {
  return graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** The caller of a request; refuses one without a good token. */
export function authenticate(exchange: Exchange, azure: Azure): Caller {
  const token = readBearerToken(exchange.headers.authorization);
  const refuse = (message: string) => graphError(401, 'InvalidAuthenticationToken', message);
  if (token === undefined) throw refuse('Access token is empty.');
  const caller = azure.tokens.check(token, audiences.graph);
  if (typeof caller !== 'string') return caller;
  const messages = {
    audience: 'Access token validation failure. Invalid audience.',
    expired: 'Lifetime validation failed, the token is expired.',
    malformed: 'IDX14100: JWT is not well formed.',
    signature: 'Access token validation failure. Invalid signature.',
  };
  throw refuse(messages[caller]);
}

/** Refuses a caller who may not read applications. */
export function authorizeRead({ permissions }: GraphContext): void {
  const reading = [
    'Application.Read.All',
    'Directory.Read.All',
    'Application.ReadWrite.All',
    'Application.ReadWrite.OwnedBy',
  ];
  if (!permissions.some((one) => reading.includes(one))) throw denied();
}

/** Refuses a caller who may not write an application, or make one where none is given. */
export function authorizeWrite(
  { permissions, caller }: GraphContext,
  application?: Pick<Application, 'owners'>,
): void {
  if (permissions.includes('Application.ReadWrite.All')) return;
  const isOwn = application === undefined || application.owners.includes(caller.principalId);
  if (!permissions.includes('Application.ReadWrite.OwnedBy') || !isOwn) throw denied();
}

function denied(): Refused {
  return graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** The body of a write. */
export async function readBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const body = await readJsonObject(exchange);
  if (body) return body;
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** The refusal of a request that says something wrong. */
export function badRequest(message: string): Refused {
  return graphError(400, 'Request_BadRequest', message);
}

/** Whether a PATCH may make what it does not find. */
export function mayCreate({ headers }: Exchange): boolean {
  return /(^|,)\s*create-if-missing\s*(,|$)/i.test(String(headers.prefer ?? ''));
}
