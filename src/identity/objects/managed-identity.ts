import type { Identity as ArmIdentity } from '@azure/arm-msi';
import type { ResourceManager } from '../../azure/clients/index.ts';
import { absentAsUndefined, collectPages } from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import type { Credential } from '../credentials/credential.ts';
import { type Change, findDifferences } from '../plan.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { formatMarkRecord, type Mark, parseMarkRecord, updateRecord } from './mark.ts';

/** A user-assigned managed identity as it should be. */
export interface WantedManagedIdentity {
  readonly name: string;
  readonly resourceGroup: string;
  /** Defaults to the region of the resource group. */
  readonly location: string | undefined;
  readonly mark: Mark;
}

/** Opens a managed identity by its resource group and name. The plan creates it if it does not exist. */
export function openNamedManagedIdentity(
  manager: ResourceManager,
  wanted: WantedManagedIdentity,
): IdentityHost {
  const { name, resourceGroup } = wanted;
  const title = `managed identity "${name}"`;
  const { call, identities } = manager;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await absentAsUndefined(
      call(`read the ${title}`, () => identities.userAssignedIdentities.get(resourceGroup, name)),
    );
    const tags = found ? updateRecord(found.tags ?? {}, wanted.mark) : formatMarkRecord(wanted.mark);
    const differences = found ? findDifferences({ tags }, { tags: found.tags ?? {} }) : [];
    const action = found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged';
    const known = found && requireIds(found, title);
    const apply = async (): Promise<UsableIdentity> => {
      if (known && action === 'unchanged') return known;
      const location = found?.location ?? wanted.location ?? (await manager.readRegion(resourceGroup));
      const written = await call(`write the ${title}`, () =>
        identities.userAssignedIdentities.createOrUpdate(resourceGroup, name, { location, tags }),
      );
      return requireIds(written, title);
    };
    const change: Change = {
      ...{ kind: 'managed-identity', name, action },
      ...(differences.length > 0 && { differences }),
    };
    return { changes: [change], known, mark: parseMarkRecord(found?.tags), apply };
  };
  return { title, plan, ...manageIdentity(manager, title) };
}

/** Opens an existing managed identity of the subscription by its client ID. It is not changed. */
export function openExistingManagedIdentity(manager: ResourceManager, clientId: string): IdentityHost {
  const title = `managed identity ${clientId}`;
  const plan = async (): Promise<IdentityPlan> => {
    const all = await manager.call(`find the ${title}`, () =>
      collectPages(manager.identities.userAssignedIdentities.listBySubscription()),
    );
    const found = all.find((identity) => identity.clientId?.toLowerCase() === clientId.toLowerCase());
    if (found === undefined) {
      const { subscriptionId: subscription } = manager;
      throw new FederationError('managed-identity-not-found', { clientId, count: all.length, subscription });
    }
    const known = requireIds(found, title);
    const change: Change = { kind: 'managed-identity', name: found.name ?? clientId, action: 'unchanged' };
    return { changes: [change], known, apply: async () => known };
  };
  return { title, plan, ...manageIdentity(manager, title) };
}

/** Returns the IDs of an identity that Resource Manager described. Throws FederationError `azure-refused` if one is missing. */
export function requireIds(identity: ArmIdentity, title: string): UsableIdentity {
  const { id, clientId, principalId } = identity;
  if (id === undefined || clientId === undefined || principalId === undefined) {
    const answer = 'the answer does not contain its IDs';
    throw new FederationError('azure-refused', { action: `read the ${title}`, answer });
  }
  return { clientId, principalId, objectId: id };
}

/** Returns the operations on an existing managed identity and its federated credentials. */
export function manageIdentity(
  { call, identities }: ResourceManager,
  title: string,
): Omit<IdentityHost, 'title' | 'plan'> {
  const { federatedIdentityCredentials, userAssignedIdentities } = identities;
  const options = { afterCreation: true };
  return {
    withDescription: false,
    credentials: (identity) => {
      const list = async () => {
        const pages = federatedIdentityCredentials.list(...parseResourceId(identity));
        return (await collectPages(pages)).map(
          ({ name = '', issuer = '', subject = '', audiences = [] }): Credential => ({
            ...{ name, issuer, subject, audiences },
          }),
        );
      };
      return call(`list the federated credentials of the ${title}`, list, options);
    },
    write: async (identity, { name, issuer, subject, audiences }) => {
      const body = { issuer, subject, audiences: [...audiences] };
      const write = () =>
        federatedIdentityCredentials.createOrUpdate(...parseResourceId(identity), name, body);
      await call(`write the federated credential "${name}" of the ${title}`, write, options);
    },
    remove: (identity, name) =>
      call(`delete the federated credential "${name}" of the ${title}`, () =>
        federatedIdentityCredentials.delete(...parseResourceId(identity), name),
      ),
    destroy: async (identity, what) => {
      // Its service principal is part of it and cannot be deleted alone.
      if (what === 'service-principal') return;
      await call(`delete the ${title}`, () => userAssignedIdentities.delete(...parseResourceId(identity)));
    },
  };
}

/** Returns the resource group and the name in a resource ID. */
function parseResourceId({ objectId }: Identity): [resourceGroup: string, name: string] {
  const [, resourceGroup = '', name = ''] =
    /\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(objectId) ?? [];
  return [resourceGroup, name];
}
