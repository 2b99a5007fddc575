import type { Identity as ArmIdentity } from '@azure/arm-msi';
import type { ResourceManager } from '../../azure/clients/index.ts';
import { collectPages } from '../../azure/clients/index.ts';
import { absentAsUndefined } from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import type { Credential } from '../credentials/credential.ts';
import { type Change, differencesOf } from '../plan.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { keptRecord, type Mark, markOfRecord, markRecord } from './mark.ts';

/** A user-assigned managed identity as it should be. */
export interface WantedManagedIdentity {
  readonly name: string;
  readonly resourceGroup: string;
  /** Undefined: the region of the resource group. */
  readonly location: string | undefined;
  readonly mark: Mark;
}

/** A managed identity by resource group and name, created where absent. */
export function namedManagedIdentity(manager: ResourceManager, wanted: WantedManagedIdentity): IdentityHost {
  const { name, resourceGroup } = wanted;
  const title = `managed identity "${name}"`;
  const { call, identities } = manager;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await absentAsUndefined(
      call(`read the ${title}`, () => identities.userAssignedIdentities.get(resourceGroup, name)),
    );
    const tags = found ? keptRecord(found.tags ?? {}, wanted.mark) : markRecord(wanted.mark);
    const differences = found ? differencesOf({ tags }, { tags: found.tags ?? {} }) : [];
    const action = found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged';
    const known = found && usable(found, title);
    const apply = async (): Promise<UsableIdentity> => {
      if (known && action === 'unchanged') return known;
      const location = found?.location ?? wanted.location ?? (await manager.readRegion(resourceGroup));
      const made = await call(`write the ${title}`, () =>
        identities.userAssignedIdentities.createOrUpdate(resourceGroup, name, { location, tags }),
      );
      return usable(made, title);
    };
    const change: Change = {
      ...{ kind: 'managed-identity', name, action },
      ...(differences.length > 0 && { differences }),
    };
    return { changes: [change], known, mark: markOfRecord(found?.tags), apply };
  };
  return { title, plan, ...holdings(manager, title) };
}

/** An existing managed identity of the subscription by its client id; it stays as it is. */
export function existingManagedIdentity(manager: ResourceManager, clientId: string): IdentityHost {
  const title = `managed identity ${clientId}`;
  const plan = async (): Promise<IdentityPlan> => {
    const all = await manager.call(`look for the ${title}`, () =>
      collectPages(manager.identities.userAssignedIdentities.listBySubscription()),
    );
    const found = all.find((identity) => identity.clientId?.toLowerCase() === clientId.toLowerCase());
    if (found === undefined) {
      throw new FederationError(
        `failed to find the ${title}: none of the ${all.length} in subscription ${manager.subscriptionId} has this client id`,
        {
          code: 'managed-identity-not-found',
          hint: 'Check client-id and azure-subscription-id, and that the job may read the identity.',
        },
      );
    }
    const known = usable(found, title);
    const change: Change = { kind: 'managed-identity', name: found.name ?? clientId, action: 'unchanged' };
    return { changes: [change], known, apply: async () => known };
  };
  return { title, plan, ...holdings(manager, title) };
}

/** The ids of an identity that Resource Manager described. Throws FederationError where it lacks one. */
export function usable(identity: ArmIdentity, title: string): UsableIdentity {
  const { id, clientId, principalId } = identity;
  if (id === undefined || clientId === undefined || principalId === undefined) {
    throw new FederationError(`failed to read the ${title}: the answer lacks its ids`, {
      code: 'azure-refused',
      fault: 'service',
    });
  }
  return { clientId, principalId, objectId: id };
}

/** Credentials of a managed identity, and its end. */
export function holdings(manager: ResourceManager, title: string): Omit<IdentityHost, 'title' | 'plan'> {
  const { call, identities } = manager;
  const credentials = identities.federatedIdentityCredentials;
  return {
    withDescription: false,
    credentials: async (identity) => {
      const listed = await call(
        `list the federated credentials of the ${title}`,
        () => collectPages(credentials.list(...placeOf(identity))),
        { afterCreation: true },
      );
      return listed.map(
        ({ name = '', issuer = '', subject = '', audiences = [] }): Credential => ({
          ...{ name, issuer, subject, audiences },
        }),
      );
    },
    write: async (identity, { name, issuer, subject, audiences }) => {
      const body = { issuer, subject, audiences: [...audiences] };
      await call(
        `write the federated credential "${name}" of the ${title}`,
        () => credentials.createOrUpdate(...placeOf(identity), name, body),
        { afterCreation: true },
      );
    },
    remove: async (identity, name) => {
      await call(`remove the federated credential "${name}" of the ${title}`, () =>
        credentials.delete(...placeOf(identity), name),
      );
      return true;
    },
    destroy: async (identity, what) => {
      // Its service principal is part of it and cannot go alone.
      if (what === 'service-principal') return;
      await call(`remove the ${title}`, () => identities.userAssignedIdentities.delete(...placeOf(identity)));
    },
  };
}

/** Resource group and name out of a resource id. */
function placeOf({ objectId }: Identity): [resourceGroup: string, name: string] {
  const [, resourceGroup = '', name = ''] =
    /\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(objectId) ?? [];
  return [resourceGroup, name];
}
