import type { Graph, ResourceManager } from '../azure/clients/index.ts';
import type { Azure } from '../azure/index.ts';
import type { Deps } from '../runtime/index.ts';
import { existingApplication, namedApplication } from './objects/application.ts';
import type { IdentityHost } from './objects/identity.ts';
import { existingManagedIdentity, namedManagedIdentity } from './objects/managed-identity.ts';
import type { Desired } from './request.ts';

/** The services that the desired state touches, as far as it needs them. */
export interface Services {
  readonly host: IdentityHost;
  /** Undefined with managed identities, which Graph has no part in. */
  readonly graph: Graph | undefined;
  /** Undefined where nothing of the subscription is wanted. */
  readonly manager: ResourceManager | undefined;
}

/** Connects to what the desired state needs and loads no other SDK; nothing is sent. Throws FederationError `subscription-missing`. */
export async function openServices(desired: Desired, azure: Azure, deps: Deps): Promise<Services> {
  const { identity, roles, mark, sweepBefore } = desired;
  const openManager = async () =>
    (await import('../azure/clients/index.ts')).connectResourceManager(azure, deps);
  if (identity.kind === 'managed-identity' || identity.kind === 'existing-managed-identity') {
    const manager = await openManager();
    const host =
      identity.kind === 'managed-identity'
        ? namedManagedIdentity(manager, { ...identity, mark })
        : existingManagedIdentity(manager, identity.clientId);
    return { host, manager, graph: undefined };
  }
  const { connectGraph } = await import('../azure/clients/index.ts');
  const graph = connectGraph(azure, deps);
  const host =
    identity.kind === 'application'
      ? namedApplication(graph, { ...identity, mark })
      : existingApplication(graph, identity.clientId, mark);
  // Role assignments that jobs left can only be swept where a subscription is known.
  const sweepsRoles = sweepBefore !== undefined && azure.subscriptionId !== undefined;
  return { host, graph, manager: roles.length > 0 || sweepsRoles ? await openManager() : undefined };
}
