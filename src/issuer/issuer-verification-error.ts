import { type Fault, FederationError } from '../errors/index.ts';

/** Why something that is wrong with a published document may pass by itself. */
export interface MayPass {
  /** What would be waited for, as it reads in the log. */
  readonly what: string;
  /** The longest that it is known to take. Default: the caller's patience. */
  readonly seconds?: number;
  /** What the server asks for. */
  readonly afterSeconds?: number | undefined;
}

/** A published document that is not what Entra ID needs. */
export class IssuerVerificationError extends FederationError {
  readonly mayPass: MayPass | undefined;

  constructor(
    url: string,
    code: string,
    why: string,
    options: {
      readonly hint: string;
      readonly mayPass?: MayPass;
      readonly fault?: Fault;
      readonly cause?: unknown;
    },
  ) {
    super(`failed to verify ${url}: ${why}`, {
      code,
      hint: options.hint,
      fault: options.fault ?? 'user',
      cause: options.cause,
    });
    this.mayPass = options.mayPass;
  }
}
