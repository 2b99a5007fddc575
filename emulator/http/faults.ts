import type { Fault } from '../behaviour.ts';
import type { Service } from './exchange.ts';

/** The faults in force and how often each was asked for. */
export interface FaultSource {
  readonly faults: readonly Fault[];
  readonly calls: Map<Fault, number>;
}

/** Counts a request against every fault that it matches, and returns the first one that is due. */
export function findFault(
  source: FaultSource,
  service: Service,
  method: string,
  path: string,
): Fault | undefined {
  let due: Fault | undefined;
  for (const fault of source.faults) {
    if (fault.service !== service) continue;
    if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
    if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
    const call = (source.calls.get(fault) ?? 0) + 1;
    source.calls.set(fault, call);
    const isDue = fault.nth === undefined || (call >= fault.nth && call < fault.nth + (fault.times ?? 1));
    if (isDue) due ??= fault;
  }
  return due;
}
