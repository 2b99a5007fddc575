import type { Fault } from '../behaviour.ts';
import type { Reply, Service } from './exchange.ts';

/** The faults, and how many requests matched each. */
export interface FaultSource {
  readonly faults: readonly Fault[];
  readonly calls: Map<Fault, number>;
}

/** Counts a request for every fault that it matches, and returns the first fault to apply. */
export function findFault(
  source: FaultSource,
  service: Service,
  method: string,
  path: string,
): Fault | undefined {
  let found: Fault | undefined;
  for (const fault of source.faults) {
    if (fault.service !== service) continue;
    if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
    if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
    const call = (source.calls.get(fault) ?? 0) + 1;
    source.calls.set(fault, call);
    const applies = fault.nth === undefined || (call >= fault.nth && call < fault.nth + (fault.times ?? 1));
    if (applies) found ??= fault;
  }
  return found;
}

/** Builds the response of a fault with a status: its own body, or an error of the service. */
export function buildFaultReply(service: Service, fault: Fault, status: number): Reply {
  const headers = {
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
    ...(service === 'blob'
      ? {
          'x-ms-error-code': readCode(fault.body) ?? getStorageCode(status),
          'content-type': 'application/xml',
        }
      : {}),
  };
  return { status, headers, body: fault.body ?? buildFaultBody(service, status) };
}

function buildFaultBody(service: Service, status: number): unknown {
  const message =
    status === 429 ? 'Too many requests. Please retry later.' : 'The emulator was told to fail.';
  if (service === 'blob' || service === 'website')
    return `<?xml version="1.0" encoding="utf-8"?><Error><Code>${getStorageCode(status)}</Code><Message>${message}</Message></Error>`;
  if (service === 'authority')
    return {
      error: 'temporarily_unavailable',
      error_description: message,
      error_codes: [status === 429 ? 90055 : 90033],
    };
  const code = { 429: 'TooManyRequests', 503: 'ServiceUnavailable' }[status];
  return { error: { code: code ?? (status >= 500 ? 'InternalServerError' : 'Refused'), message } };
}

// Azure Storage gives the same code in the header and in the body.
function readCode(body: unknown): string | undefined {
  return typeof body === 'string' ? /<Code>(\w+)<\/Code>/.exec(body)?.[1] : undefined;
}

function getStorageCode(status: number): string {
  if (status === 429 || status === 503) return 'ServerBusy';
  return status === 500 ? 'InternalError' : 'OperationTimedOut';
}
