import type { CallOptions } from '../../azure/index.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Change } from '../plan.ts';
import type { Mark } from './mark.ts';

/** An identity of Entra ID that is there. */
export interface Identity {
  readonly clientId: string;
  /** Object id of the application, or resource id of the managed identity. */
  readonly objectId: string;
  /** Object id of the service principal; undefined while there is none. */
  readonly principalId: string | undefined;
}

/** An identity with a service principal: what a run ends with. */
export interface UsableIdentity extends Identity {
  readonly principalId: string;
}

/** What has to happen to the identity itself. */
export interface IdentityPlan {
  readonly changes: readonly Change[];
  /** What is known before anything is written; undefined where the identity is still to be made. */
  readonly known: Identity | undefined;
  /** The marks that the identity and its service principal carry, where they were made here. */
  readonly mark?: Mark | undefined;
  readonly principalMark?: Mark | undefined;
  /** A deleted identity comes back, and with it credentials that nobody could read before. */
  readonly restores?: boolean;
  /** Does it; without changes it writes nothing. */
  apply(): Promise<UsableIdentity>;
}

/** One kind of identity and what it holds: an application in Graph, or a managed identity in Resource Manager. */
export interface IdentityHost {
  /** How it reads in messages: `application "x"`. */
  readonly title: string;
  /** Whether its credentials keep a description. */
  readonly withDescription: boolean;
  /** Reads what is there and says what has to happen. */
  plan(): Promise<IdentityPlan>;
  credentials(identity: Identity): Promise<readonly Credential[]>;
  /** Creates the credential or makes it equal. */
  write(identity: Identity, credential: Credential, options?: CallOptions): Promise<void>;
  /** False where there was none. */
  remove(identity: Identity, credentialName: string): Promise<boolean>;
  /** Removes the identity for good, or only the service principal that was made for it. */
  destroy(identity: Identity, what: 'identity' | 'service-principal'): Promise<void>;
}
