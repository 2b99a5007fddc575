import type { Deps, InputsOf } from '../runtime/index.ts';
import type { DocumentName } from './address.ts';
import type { definition } from './definition.ts';

export type PublishInputs = InputsOf<typeof definition>;

/** Where a store is: enough to open it again in the post step. */
export interface Place {
  /** The issuer whose documents lie here, as the store itself would spell it; undefined where only the user knows. */
  readonly issuerUrl: string | undefined;
  /** Folder or URL below which the documents lie. */
  readonly location: string;
  /** Made by this run, so that its name and its rights may still be spreading. */
  readonly isNew: boolean;
}

export interface StoredDocument {
  readonly text: string;
  /** What is remembered beside the text; empty where nothing is. */
  readonly notes: string;
  /** Changes with every write. */
  readonly version: string;
  /** Whether it is served with the headers that the store gives it now. */
  readonly isServedRight: boolean;
}

/** Holds the two documents of one issuer. Each write is whole or not at all for every reader. */
export interface IssuerStore {
  /** How messages name it. */
  readonly description: string;
  /** Whether the documents are on the web as soon as they are written. */
  readonly isOnTheWeb: boolean;
  read(name: DocumentName): Promise<StoredDocument | undefined>;
  /**
   * Writes a document if its version is still the one that was read (undefined: if it is still absent).
   * False when another publisher was faster; then nothing was written.
   */
  write(
    name: DocumentName,
    document: Pick<StoredDocument, 'text' | 'notes'>,
    replaces: string | undefined,
  ): Promise<boolean>;
}

/** A store that is ready, and where it is. */
export interface ReadyStore {
  readonly place: Place;
  readonly store: IssuerStore;
}

/** One way to host an issuer. A new one is one file that exports this. */
export interface StoreKind {
  /** Makes ready what holds the documents, or checks it. Changes nothing when it is ready. */
  prepare(inputs: PublishInputs, deps: Deps): Promise<ReadyStore>;
  /** Opens the store at a place, for the post step; nothing is created. */
  open(place: Place, inputs: PublishInputs, deps: Deps): Promise<IssuerStore>;
}
