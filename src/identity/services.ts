import type { Graph, ResourceManager } from '../azure/clients/index.ts';
import type { Azure } from '../azure/index.ts';
import type { Deps } from '../runtime/index.ts';
import { openExistingApplication, openNamedApplication } from './objects/application.ts';
import type { IdentityHost } from './objects/identity.ts';
import { openExistingManagedIdentity, openNamedManagedIdentity } from './objects/managed-identity.ts';
import type { DesiredState } from './request.ts';

/** The services that the desired state needs. */
export interface Services {
  readonly host: IdentityHost;
  /** Undefined with a managed identity, which needs no Graph. */
  readonly graph: Graph | undefined;
  /** Undefined if no subscription is needed. */
  readonly manager: ResourceManager | undefined;
}

/** Connects to the services that the desired state needs; no request is sent. Throws FederationError `subscription-missing`. */
export async function openServices(desired: DesiredState, azure: Azure, deps: Deps): Promise<Services> {
  const { connectGraph, connectResourceManager } = await import('../azure/clients/index.ts');
  const { identity, roles, mark, sweepBefore } = desired;
  if (identity.kind === 'managed-identity' || identity.kind === 'existing-managed-identity') {
    const manager = connectResourceManager(azure, deps);
    const host =
      identity.kind === 'managed-identity'
        ? openNamedManagedIdentity(manager, { ...identity, mark })
        : openExistingManagedIdentity(manager, identity.clientId);
    return { host, manager, graph: undefined };
  }
  const graph = connectGraph(azure, deps);
  const host =
    identity.kind === 'application'
      ? openNamedApplication(graph, { ...identity, mark })
      : openExistingApplication(graph, identity.clientId, mark);
  // Role assignments left by earlier jobs can only be deleted if the subscription is known.
  const sweepsRoles = sweepBefore !== undefined && azure.subscriptionId !== undefined;
  const manager = roles.length > 0 || sweepsRoles ? connectResourceManager(azure, deps) : undefined;
  return { host, graph, manager };
}
