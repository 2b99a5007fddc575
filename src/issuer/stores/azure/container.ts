import type { ContainerClient } from '@azure/storage-blob';
import type { Call } from '../../../azure/index.ts';
import { FederationError } from '../../../errors/index.ts';
import type { Deps } from '../../../runtime/index.ts';
import { type ManagedAccount, unlessAbsent } from './account.ts';

/** One way to look after a container: through Resource Manager, or with the key of the account. */
export interface ContainerPort {
  /** Returns `blob`, `container` or `none`; undefined if the container does not exist. */
  readPublicLevel(): Promise<string | undefined>;
  createPublic(): Promise<unknown>;
  makePublic(): Promise<unknown>;
}

/** Looks after a container through Resource Manager. Storage itself rejects a job without the key. */
export function manageContainer(managed: ManagedAccount, name: string): ContainerPort {
  const { client, resourceGroup, deps } = managed;
  const { blobContainers } = client;
  return {
    readPublicLevel: async () => {
      const found = await unlessAbsent(blobContainers.get(resourceGroup, managed.name, name), deps);
      return found && (found.publicAccess ?? 'None').toLowerCase();
    },
    createPublic: () => blobContainers.create(resourceGroup, managed.name, name, { publicAccess: 'Blob' }),
    makePublic: () => blobContainers.update(resourceGroup, managed.name, name, { publicAccess: 'Blob' }),
  };
}

/** Looks after a container with the key of the account. */
export function openContainer(client: ContainerClient, deps: Pick<Deps, 'clock'>): ContainerPort {
  return {
    readPublicLevel: async () => {
      const found = await unlessAbsent(client.getProperties(), deps);
      return found && (found.blobPublicAccess ?? 'none');
    },
    createPublic: () => client.createIfNotExists({ access: 'blob' }),
    makePublic: () => client.setAccessPolicy('blob'),
  };
}

/**
 * Creates the container with the public access level `blob`, or makes an existing one public if it contains
 * only documents of the issuer. `findOtherBlob` returns the name of another blob. Throws FederationError
 * `container-private`.
 */
export async function ensurePublicContainer(
  container: string,
  port: ContainerPort,
  findOtherBlob: () => Promise<string | undefined>,
  { call, deps }: { readonly call: Call; readonly deps: Pick<Deps, 'log'> },
): Promise<void> {
  const level = await call(`read the container ${container}`, () => port.readPublicLevel());
  if (level === undefined) {
    await call(`create the container ${container}`, () => port.createPublic());
    deps.log.info(`Created the container ${container} with the public access level \`blob\``);
  } else if (level === 'none') {
    const blob = await findOtherBlob();
    if (blob !== undefined) throw new FederationError('container-private', { container, blob });
    await call(`make the container ${container} public`, () => port.makePublic());
    deps.log.info(`Set the public access level of the container ${container} to \`blob\``);
  } else {
    deps.log.info(`The container ${container} already exists and is public (\`${level}\`)`);
  }
}
