import * as v from 'valibot';
import { services } from './http/exchange.ts';

/** A number that is not negative. */
const amount = v.pipe(v.number(), v.minValue(0));
const seconds = v.optional(amount, 0);

/** A failure on purpose. Absent conditions match everything. */
const faultSchema = v.strictObject({
  service: v.picklist(services),
  method: v.exactOptional(v.string()),
  /** Regular expression, matched against the path with its query. */
  path: v.exactOptional(v.string()),
  /** 1 is the first request that matches. Absent: every request. */
  nth: v.exactOptional(amount),
  /** How many requests fail from the nth on. Defaults to 1. */
  times: v.exactOptional(amount),
  /** Answers with this status instead of serving the request. */
  status: v.exactOptional(amount),
  /** Seconds for a Retry-After header with `status`. */
  retryAfter: v.exactOptional(amount),
  /** Body with `status`; objects are sent as JSON. Defaults to the error of the service. */
  body: v.exactOptional(v.unknown()),
  /**
   * Closes the connection: `before` the request is served, or `after` it took effect and before it is
   * answered.
   */
  reset: v.exactOptional(v.picklist(['before', 'after'])),
  /** Delays the request. */
  delaySeconds: v.exactOptional(amount),
});
export type Fault = v.InferOutput<typeof faultSchema>;

/** How the emulator deviates from being instant and faultless. All times are seconds. */
export const behaviourSchema = v.strictObject({
  /** How long a written object stays invisible to the services that use it. */
  propagationSeconds: v.optional(
    v.strictObject({
      application: seconds,
      servicePrincipal: seconds,
      federatedCredential: seconds,
      roleAssignment: seconds,
    }),
    {},
  ),
  /** How long lists of Graph show the state before a write. */
  listLagSeconds: seconds,
  /** How long the token endpoint repeats a refusal for a missing object without looking again. */
  negativeCacheSeconds: seconds,
  /** How long the documents of an issuer are cached, and also a failure to fetch them. */
  issuerDocumentLifetimeSeconds: seconds,
  /** How long a write to the credentials of a managed identity takes; other writes meanwhile get 409. */
  identityWriteSeconds: v.optional(amount, 0.02),
  /** How long the creation of a storage account takes: 202 with a status URL until then. */
  storageAccountCreationSeconds: seconds,
  /**
   * Which new identifier URIs the tenant accepts: `unique` ones with the tenant ID or the client ID, as most tenants,
   * only those in the `strict` format, or `any`.
   */
  identifierUriPolicy: v.optional(v.picklist(['unique', 'strict', 'any']), 'unique'),
  /** Items per page of a Graph list. */
  graphPageSize: v.optional(amount, 100),
  /** May be extended while the emulator runs. */
  faults: v.optional(v.array(faultSchema), []),
});
export type Behaviour = v.InferOutput<typeof behaviourSchema>;
/** Any part of the behaviour; the rest is instant and faultless. */
export type BehaviourOptions = v.InferInput<typeof behaviourSchema>;
