import { randomUUID } from 'node:crypto';
import { type Azure, audiences } from '../azure.ts';
import { type Caller, readBearerToken } from '../entra/access-tokens.ts';
import type { Application } from '../entra/directory.ts';
import { type Exchange, Refused, type Reply, readJsonObject } from '../http/exchange.ts';

/** An authenticated request to Graph. */
export interface GraphContext {
  readonly azure: Azure;
  readonly caller: Caller;
  /** Application permissions of the caller. */
  readonly permissions: readonly string[];
}

/** Creates an error of Graph. */
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

/** Creates the error for an object that does not exist, or not yet. */
export function objectNotFound(id: string): Refused {
  return graphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** Returns the caller of a request. Rejects a missing or invalid token. */
export function authenticate(exchange: Exchange, azure: Azure): Caller {
  const token = readBearerToken(exchange.headers.authorization);
  const refuse = (message: string) => graphError(401, 'InvalidAuthenticationToken', message);
  if (token === undefined) throw refuse('Access token is empty.');
  const caller = azure.tokens.check(token, [...audiences.graph, azure.urls.graph]);
  if (typeof caller !== 'string') return caller;
  const messages = {
    audience: 'Access token validation failure. Invalid audience.',
    expired: 'Lifetime validation failed, the token is expired.',
    malformed: 'IDX14100: JWT is not well formed.',
    signature: 'Access token validation failure. Invalid signature.',
  };
  throw refuse(messages[caller]);
}

/** Rejects a caller without permission to read applications. */
export function authorizeRead({ permissions }: GraphContext): void {
  const reading = [
    'Application.Read.All',
    'Directory.Read.All',
    'Application.ReadWrite.All',
    'Application.ReadWrite.OwnedBy',
  ];
  if (!permissions.some((one) => reading.includes(one))) throw denied();
}

/** Rejects a caller without permission to write an application, or to create one if none is given. */
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

/** Reads the body of a write. */
export async function readBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const body = await readJsonObject(exchange);
  if (body) return body;
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** Creates the error for an invalid request. */
export function badRequest(message: string): Refused {
  return graphError(400, 'Request_BadRequest', message);
}

/** Returns whether a PATCH may create the object if it does not exist. */
export function mayCreate({ headers }: Exchange): boolean {
  return /(^|,)\s*create-if-missing\s*(,|$)/i.test(String(headers.prefer ?? ''));
}
