import * as v from 'valibot';
import type { CodeNeeding } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';

/**
 * What has to be right for a refusal to be one that passes by itself: new credentials, keys, documents and identities spread
 * within minutes. An `outage` passes anyway.
 */
export type Settling = 'credential' | 'keys' | 'documents' | 'identity' | 'outage';

/** One cause behind AADSTS numbers. */
export interface EntraRefusal {
  readonly numbers: readonly number[];
  /** Code of the error if Entra ID rejects the token of a workload. */
  readonly workload: CodeNeeding<'problem'>;
  /** Code of the error if Entra ID rejects the job's own sign-in; absent if the job cannot change anything about it. */
  readonly signIn?: CodeNeeding<'action' | 'answer' | 'problem' | 'clientId' | 'advice'>;
  /** Set if the refusal may only mean "not yet". */
  readonly settles?: Settling;
}

const untrusted = { signIn: 'azure-sign-in-untrusted', settles: 'credential' } as const;

/**
 * The refusals of the token endpoint that jobs and workloads run into. Microsoft reserves the right to change numbers and texts,
 * so that an unknown number is reported in the words of Entra ID.
 */
export const entraRefusals: readonly EntraRefusal[] = [
  { numbers: [700211], workload: 'issuer-not-trusted', ...untrusted },
  { numbers: [700213], workload: 'subject-not-trusted', ...untrusted },
  { numbers: [700212], workload: 'audience-not-trusted', ...untrusted },
  { numbers: [7002138], workload: 'subject-case-differs', ...untrusted },
  { numbers: [70021, 70025, 7000226], workload: 'nothing-trusted', ...untrusted },
  { numbers: [7000272], workload: 'key-not-seen', settles: 'keys' },
  { numbers: [7000274, 700027], workload: 'signature-invalid' },
  {
    numbers: [501661, 50166, 90061, 900612, 70024],
    workload: 'documents-not-fetched',
    signIn: 'azure-sign-in-issuer-unread',
    settles: 'documents',
  },
  {
    numbers: [700016],
    workload: 'identity-missing',
    signIn: 'azure-sign-in-unknown',
    settles: 'identity',
  },
  {
    numbers: [7000229, 7000112],
    workload: 'service-principal-missing',
    signIn: 'azure-sign-in-unknown',
    settles: 'identity',
  },
  { numbers: [90002, 900023, 900021], workload: 'tenant-unknown', signIn: 'azure-sign-in-unknown' },
  { numbers: [700024], workload: 'token-time-invalid', signIn: 'federated-token-expired' },
  { numbers: [70023], workload: 'token-lifetime-too-long' },
  { numbers: [700223, 700238], workload: 'federation-switched-off', signIn: 'azure-sign-in-switched-off' },
  { numbers: [5002738], workload: 'token-algorithm-unsupported' },
  { numbers: [50027, 5002723, 5002726, 5002727, 90014], workload: 'token-malformed' },
  { numbers: [700222], workload: 'token-of-entra' },
  { numbers: [53003], workload: 'conditional-access', signIn: 'azure-sign-in-blocked' },
  { numbers: [70011, 1002012, 500011], workload: 'scope-invalid' },
  {
    numbers: [90024, 90033, 90090, 50033, 90055],
    workload: 'entra-busy',
    signIn: 'azure-unavailable',
    settles: 'outage',
  },
];

/** Returns the refusal that an AADSTS number stands for; undefined if the table does not have it. */
export function findEntraRefusal(numbers: readonly number[]): EntraRefusal | undefined {
  return entraRefusals.find((refusal) => refusal.numbers.some((number) => numbers.includes(number)));
}

/** Returns the AADSTS numbers in the message of a client: `Error(s): 700213,…` or `AADSTS700213: …`. */
export function readAadstsNumbers(message: string): readonly number[] {
  const listed = /Error\(s\): ([\d,\s]+)/.exec(message)?.[1]?.split(',') ?? [];
  const named = [...message.matchAll(/AADSTS(\d+)/g)].map((match) => match[1] ?? '');
  return [...new Set([...listed, ...named].map(Number).filter((number) => number > 0))];
}

/** Returns what Entra ID said, without the wrapping of the client and without trace IDs; never longer than a few lines. */
export function readEntraAnswer(message: string): string {
  const answer = /AADSTS\d+:.*?(?=\s*(?:-\s*)?(?:Trace ID|Correlation ID)\b|$)/s.exec(message)?.[0];
  return (answer ?? message).trim().slice(0, 1000);
}

// MSAL says this of everything that goes wrong while it asks for the endpoints of the tenant, an unknown tenant included.
const unresolved = /endpoints_resolution_error/;
const unreachable = /network_error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT/;

/** Returns whether the message of a client means that Entra ID did not answer. */
export function isEntraUnreachable(message: string): boolean {
  return unresolved.test(message) || unreachable.test(message);
}

/** Returns whether the message of a client means an outage of Entra ID or of the connection, which passes by itself. */
export function isEntraOutage(message: string): boolean {
  const refusal = findEntraRefusal(readAadstsNumbers(message));
  if (refusal !== undefined) return refusal.settles === 'outage';
  return /temporarily_unavailable/.test(message) || isEntraUnreachable(message);
}

const tenantRefusalSchema = v.object({ error_description: v.string() });

/**
 * Returns what Entra ID itself says of a tenant whose endpoints the client could not resolve: it drops the answer. Undefined if the
 * message means something else or the login host does not answer. `tenantUrl` is the tenant at its login host.
 */
export async function readTenantRefusal(
  message: string,
  tenantUrl: string,
  deps: Pick<Deps, 'fetch'>,
): Promise<string | undefined> {
  if (!unresolved.test(message)) return undefined;
  try {
    const url = `${tenantUrl}/v2.0/.well-known/openid-configuration`;
    const answer = await deps.fetch(url, { signal: AbortSignal.timeout(10_000) });
    return v.parse(tenantRefusalSchema, await answer.json()).error_description;
  } catch {
    return undefined;
  }
}
