import type { PublishInputs } from '../definition.ts';
import type { StoreKind } from './store.ts';

export type { IssuerStore, NewDocument, Place, StoredDocument } from './store.ts';

type Loader = () => Promise<{ readonly store: StoreKind }>;

/** Every way to host an issuer, by its value of `storage`. Each is loaded only when it is used. */
const kinds: Readonly<Record<Exclude<PublishInputs['storage'], 'none'>, Loader>> = {
  'azure-blob': () => import('./azure-blob.ts'),
  'azure-static-website': () => import('./azure-static-website.ts'),
  directory: () => import('./directory.ts'),
};

/** Loads the store that `storage` names. Undefined for `none`: the documents are published by other means. */
export async function loadStoreKind(storage: PublishInputs['storage']): Promise<StoreKind | undefined> {
  return storage === 'none' ? undefined : (await kinds[storage]()).store;
}
