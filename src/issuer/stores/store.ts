import type { Deps } from '../../runtime/index.ts';
import type { DocumentName } from '../address.ts';
import type { PublishInputs } from '../definition.ts';

/** The place of a store: enough to open it again in the post step. */
export interface Place {
  /** The issuer, as the store spells it; undefined if only the user knows. */
  readonly issuerUrl?: string | undefined;
  /** Folder or URL that contains the documents. */
  readonly location: string;
  /** Whether this run created it, so that its name and its permissions may still be propagating. */
  readonly isNew: boolean;
}

export interface StoredDocument {
  readonly text: string;
  /** The encoded key records that belong to the text; empty for none. */
  readonly records: string;
  /** Changes with every write. */
  readonly version: string;
  /** Whether it is served with the headers that the store sets today. */
  readonly hasRightHeaders: boolean;
}

/** What a publisher writes. */
export type NewDocument = Pick<StoredDocument, 'text' | 'records'>;

/** Holds the two documents of one issuer. Readers see each write as a whole or not at all. */
export interface IssuerStore {
  /** How messages name it. */
  readonly description: string;
  /** Whether the documents are on the web as soon as they are written. */
  readonly isOnTheWeb: boolean;
  read(name: DocumentName): Promise<StoredDocument | undefined>;
  /**
   * Writes a document if its version is still the one that was read (undefined: if it still does not exist).
   * Returns false if another publisher was faster; nothing was written then.
   */
  write(name: DocumentName, document: NewDocument, replaces: string | undefined): Promise<boolean>;
}

/** A store that is ready, and its place. */
export interface ReadyStore {
  readonly place: Place;
  readonly store: IssuerStore;
}

/** One way to host an issuer. A new one is one file that exports this. */
export interface StoreKind {
  /** Creates or checks what holds the documents. Changes nothing if it is ready. */
  prepare(inputs: PublishInputs, deps: Deps): Promise<ReadyStore>;
  /** Opens the store at a place, for the post step. Creates nothing. */
  open(place: Place, inputs: PublishInputs, deps: Deps): Promise<IssuerStore>;
}
