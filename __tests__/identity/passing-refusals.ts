import type { Fault } from '../../emulator/index.ts';

/** An error as Graph words it. */
export const graphError = (code: string, message: string) => ({
  error: { code, message, innerError: { 'request-id': 'f00dfeed-0000-4000-8000-000000000001' } },
});
export const armError = (code: string, message: string) => ({ error: { code, message } });

/** The requests that are refused. */
export const writeCredential = {
  service: 'graph',
  method: 'PATCH',
  path: 'federatedIdentityCredentials',
} as const;
export const writeApplication = {
  service: 'graph',
  method: 'PATCH',
  path: 'applications\\(uniqueName',
} as const;
export const writePrincipal = { service: 'graph', method: 'PATCH', path: 'servicePrincipals' } as const;
export const writeRole = { service: 'resourceManager', method: 'PUT', path: 'roleAssignments' } as const;
export const writeIdentity = {
  service: 'resourceManager',
  method: 'PUT',
  path: 'userAssignedIdentities/[^/]+\\?',
} as const;
export const writeIdentityCredential = {
  service: 'resourceManager',
  method: 'PUT',
  path: 'federatedIdentityCredentials',
} as const;

/** One refusal: which request gets it, what it looks like, and what happens then. */
export interface Case {
  readonly name: string;
  readonly fault: Fault;
  /** What the run waits for before it succeeds. */
  readonly waitsFor?: string;
  /** Code of the error, and text of its hint, if waiting does not help. */
  readonly code?: string;
  readonly hint?: RegExp;
}

/** Temporary refusals. */
export const passing: readonly Case[] = [
  {
    name: 'Graph throttles',
    fault: { ...writeApplication, status: 429, retryAfter: 17 },
    waitsFor: 'throttled',
  },
  {
    name: 'Resource Manager throttles',
    fault: { ...writeRole, status: 429, retryAfter: 17 },
    waitsFor: 'throttled',
  },
  {
    name: 'Graph is unavailable',
    fault: { ...writePrincipal, status: 503 },
    waitsFor: 'the service to answer',
  },
  { name: 'Graph times out', fault: { ...writePrincipal, status: 504 }, waitsFor: 'the service to answer' },
  {
    name: 'Resource Manager has an internal error',
    fault: { ...writeRole, status: 500 },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks before the write',
    fault: { ...writeCredential, reset: 'before' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks after the write',
    fault: { ...writeCredential, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks after the creation of an application',
    fault: { ...writeApplication, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks after a role assignment',
    fault: { ...writeRole, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'concurrent writes in the tenant',
    fault: {
      ...writeCredential,
      status: 409,
      body: graphError(
        'Directory_ConcurrencyViolation',
        'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
      ),
    },
    waitsFor: 'a concurrent write in the tenant',
  },
  {
    name: 'a new application that the service principal cannot refer to yet',
    fault: {
      ...writePrincipal,
      times: 2,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        "The appId '…' of the service principal does not reference a valid application object.",
      ),
    },
    waitsFor: 'the new application to be known',
  },
  {
    name: 'a new application that a replica does not know yet',
    fault: {
      ...writeCredential,
      times: 2,
      status: 404,
      body: graphError(
        'Request_ResourceNotFound',
        "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
      ),
    },
    waitsFor: 'the new object',
  },
  {
    name: 'a principal that Resource Manager does not know yet',
    fault: {
      ...writeRole,
      times: 3,
      status: 400,
      body: armError('PrincipalNotFound', 'Principal 1234 does not exist in the directory 5678.'),
    },
    waitsFor: 'the new service principal to be known',
  },
  {
    name: 'concurrent writes to one managed identity',
    fault: {
      ...writeIdentityCredential,
      times: 2,
      status: 409,
      body: armError(
        'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
        'Too many Federated Identity Credentials are written concurrently.',
      ),
    },
    waitsFor: "another job's write to the same managed identity",
  },
  {
    name: 'a new managed identity that a replica does not know yet',
    fault: {
      ...writeIdentityCredential,
      status: 404,
      body: armError('ParentResourceNotFound', 'the parent resource was not found'),
    },
    waitsFor: 'the new object',
  },
];
