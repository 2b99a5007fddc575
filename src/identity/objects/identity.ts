import type { Credential } from '../credentials/credential.ts';
import type { Change } from '../plan.ts';
import type { Mark } from './mark.ts';

/** An existing identity in Entra ID. */
export interface Identity {
  readonly clientId: string;
  /** Object ID of the application, or resource ID of the managed identity. */
  readonly objectId: string;
  /** Object ID of the service principal; undefined if it does not exist yet. */
  readonly principalId: string | undefined;
}

/** An identity with a service principal: what a run ends with. */
export interface UsableIdentity extends Identity {
  readonly principalId: string;
}

/** The changes that the identity itself needs. */
export interface IdentityPlan {
  readonly changes: readonly Change[];
  /** What is known before anything is written; undefined if the identity does not exist yet. */
  readonly known: Identity | undefined;
  /** The marks of the identity and its service principal, if this action created them. */
  readonly mark?: Mark | undefined;
  readonly principalMark?: Mark | undefined;
  /** A deleted identity is restored, with credentials that could not be read before. */
  readonly restores?: boolean;
  /** Applies the changes; writes nothing if the list is empty. */
  apply(): Promise<UsableIdentity>;
}

/** An identity and its credentials: an application in Graph, or a managed identity in Resource Manager. */
export interface IdentityHost {
  /** As it reads in messages: `application "x"`. */
  readonly title: string;
  /** Whether its credentials have a description. */
  readonly withDescription: boolean;
  /** Reads the identity and returns the changes that it needs. */
  plan(): Promise<IdentityPlan>;
  credentials(identity: Identity): Promise<readonly Credential[]>;
  /** Creates or updates the credential. */
  write(identity: Identity, credential: Credential): Promise<void>;
  /** Deletes a credential; one that does not exist is not an error. */
  remove(identity: Identity, credentialName: string): Promise<void>;
  /** Deletes the identity permanently, or only the service principal that was created for it. */
  destroy(identity: Identity, what: 'identity' | 'service-principal'): Promise<void>;
}
