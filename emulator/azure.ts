import type { Clock } from '../src/runtime/deps.ts';
import type { Resources } from './arm/resources.ts';
import type { Behaviour } from './behaviour.ts';
import type { AccessTokens, Signer } from './entra/access-tokens.ts';
import type { Directory } from './entra/directory.ts';
import type { IssuerDocuments } from './entra/issuer-documents.ts';
import type { Refusal } from './entra/refusals.ts';
import type { Storage } from './storage/storage.ts';

/** Where the listeners are; filled in while they start. URLs have no slash at the end. */
export interface Urls {
  authority: string;
  graph: string;
  resourceManager: string;
  /** Accounts are the first segment of the path. */
  blob: string;
  readonly vaults: Map<string, string>;
}

/** Token audiences of the emulated cloud: those of the public one. */
export const audiences = {
  graph: ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'],
  resourceManager: ['https://management.azure.com', 'https://management.core.windows.net'],
  vault: ['https://vault.azure.net'],
  storage: ['https://storage.azure.com'],
} as const;

/** Everything that the services of the emulated cloud share. */
export interface Azure {
  readonly tenant: {
    readonly id: string;
    readonly domain: string;
    /** Issuers that a policy allows in federated credentials; undefined allows all. */
    readonly allowedIssuers: readonly string[] | undefined;
  };
  readonly subscription: { readonly id: string; readonly name: string };
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly urls: Urls;
  readonly directory: Directory;
  readonly tokens: AccessTokens;
  readonly documents: IssuerDocuments;
  /** The token endpoint's negative cache. */
  readonly refused: Map<string, { readonly until: number; readonly refusal: Refusal }>;
  readonly resources: Resources;
  readonly storage: Storage;
  /** Signs the federated token of the job itself; its documents are served beside the authority. */
  readonly jobSigner: Signer;
}
