import type { Clock } from '../src/runtime/index.ts';
import type { Resources } from './arm/resources.ts';
import type { Behaviour } from './behaviour.ts';
import type { AccessTokens, Signer } from './entra/access-tokens.ts';
import type { Directory } from './entra/directory.ts';
import type { IssuerDocuments } from './entra/issuer-documents.ts';
import type { Refusal } from './entra/refusals.ts';
import type { Storage } from './storage/storage.ts';

/** URLs of the listeners, without a trailing slash. Set while they start. */
export interface Urls {
  authority: string;
  graph: string;
  resourceManager: string;
  /** The first segment of a path is the storage account. */
  blob: string;
  readonly vaults: Map<string, string>;
}

/** Token audiences, which are those of the public cloud. */
export const audiences = {
  graph: ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'],
  resourceManager: ['https://management.azure.com', 'https://management.core.windows.net'],
  vault: ['https://vault.azure.net'],
  storage: ['https://storage.azure.com'],
} as const;

/** What the emulated services share. */
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
  /** Negative cache of the token endpoint. */
  readonly refused: Map<string, { readonly until: number; readonly refusal: Refusal }>;
  readonly resources: Resources;
  readonly storage: Storage;
  /** Signs the federated token of the job. The authority's listener serves its documents. */
  readonly jobSigner: Signer;
}
