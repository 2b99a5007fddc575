import type { PublishInputs, StoreKind } from '../store.ts';

type Loader = () => Promise<{ readonly store: StoreKind }>;

/** Every way to host an issuer, by the word in `storage`. Each is loaded only when it is used. */
const kinds: Readonly<Record<Exclude<PublishInputs['storage'], 'none'>, Loader>> = {
  'azure-blob': () => import('./azure-blob.ts'),
  'azure-static-website': () => import('./azure-static-website.ts'),
  directory: () => import('./directory.ts'),
};

/** The store that `storage` names; undefined for `none`, where somebody else publishes. */
export async function storeKind(storage: PublishInputs['storage']): Promise<StoreKind | undefined> {
  return storage === 'none' ? undefined : (await kinds[storage]()).store;
}
