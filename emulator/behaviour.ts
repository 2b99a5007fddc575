import type { Service } from './http/exchange.ts';

/** Kinds of objects that Azure shows to its own services only a while after they were written. */
export type Propagated = 'application' | 'servicePrincipal' | 'federatedCredential' | 'roleAssignment';

/** Something that goes wrong on purpose. Absent conditions match everything. */
export interface Fault {
  readonly service: Service;
  readonly method?: string;
  /** Regular expression, matched against the path with its query. */
  readonly path?: string;
  /** 1 is the first request that matches. Absent: every one. */
  readonly nth?: number;
  /** How many requests from the nth on; 1 unless told. */
  readonly times?: number;
  /** Answers with this status instead of doing what was asked. */
  readonly status?: number;
  /** Seconds for a Retry-After header beside `status`. */
  readonly retryAfter?: number;
  /** Body beside `status`; objects are sent as JSON. Absent: what the service itself would say. */
  readonly body?: unknown;
  /** Cuts the connection: `before` anything was done, or `after` the request took effect but before it is answered. */
  readonly reset?: 'before' | 'after';
  /** Holds the request back, then goes on. */
  readonly delaySeconds?: number;
}

/** How the emulated Azure deviates from being instant and faultless. All times are seconds, 0 unless told. */
export interface Behaviour {
  /** How long a written object stays invisible to the services that use it. */
  readonly propagationSeconds: Record<Propagated, number>;
  /** How long lists of Graph show the state of before a write. */
  listLagSeconds: number;
  /** How long a refusal of the token endpoint that was caused by a missing object is repeated without looking again. */
  negativeCacheSeconds: number;
  /** How long an issuer's documents, or the failure to fetch them, are kept. */
  issuerDocumentLifetimeSeconds: number;
  /** How long a write of one managed identity's credentials takes; others meanwhile get 409. */
  identityWriteSeconds: number;
  /** How long the creation of a storage account takes: 202 with a status URL until then. */
  storageAccountCreationSeconds: number;
  /** Items on one page of a Graph list. */
  graphPageSize: number;
  /** Faults may be added while the emulator runs. */
  readonly faults: Fault[];
}

/** What a caller may say of the behaviour: any part of it. */
export type BehaviourOptions = Partial<Omit<Behaviour, 'propagationSeconds'>> & {
  readonly propagationSeconds?: Partial<Record<Propagated, number>>;
};

/** The whole behaviour from the parts that were told; the rest is instant and faultless. */
export function behaviourFrom(options: BehaviourOptions = {}): Behaviour {
  return {
    listLagSeconds: 0,
    negativeCacheSeconds: 0,
    issuerDocumentLifetimeSeconds: 0,
    identityWriteSeconds: 0.02,
    storageAccountCreationSeconds: 0,
    graphPageSize: 100,
    ...options,
    faults: [...(options.faults ?? [])],
    propagationSeconds: {
      application: 0,
      servicePrincipal: 0,
      federatedCredential: 0,
      roleAssignment: 0,
      ...options.propagationSeconds,
    },
  };
}
