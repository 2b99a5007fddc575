import type { Azure } from '../../azure/index.ts';
import { errorMessage, FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { Surroundings } from '../surroundings.ts';

export interface FederatedCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** The federated credentials of the workload's identity, or why they cannot be read. */
export type FederatedCredentials =
  | {
      readonly kind: 'read';
      /** `application` or `managed identity`. */
      readonly of: string;
      readonly credentials: readonly FederatedCredential[];
    }
  | { readonly kind: 'no-identity'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/**
 * Reads them as the job: from Graph for an application, otherwise from Resource Manager for a managed
 * identity.
 */
export async function readCredentials(
  surroundings: Pick<Surroundings, 'azure' | 'inputs' | 'deps'>,
): Promise<FederatedCredentials> {
  const { deps, inputs } = surroundings;
  const { clientId } = inputs;
  try {
    const azure = await surroundings.azure();
    return (
      (await readFromApplication(azure, clientId, deps)) ??
      (await readFromManagedIdentity(azure, clientId, deps))
    );
  } catch (error) {
    return { kind: 'unreadable', why: getFirstLine(error) };
  }
}

async function readFromApplication(
  azure: Azure,
  clientId: string,
  deps: Deps,
): Promise<FederatedCredentials | undefined> {
  const { connectGraph } = await import('../../azure/clients/index.ts');
  const { applicationSchema, getClientPath, manageCredentials } = await import(
    '../../identity/objects/index.ts'
  );
  const graph = connectGraph(azure, deps);
  const title = `application ${clientId}`;
  const found = await graph.find(`read the ${title}`, getClientPath(clientId), applicationSchema);
  if (found === undefined) return undefined;
  const identity = { objectId: found.id, clientId, principalId: undefined };
  const credentials = await manageCredentials(graph, title).credentials(identity);
  return { kind: 'read', of: 'application', credentials };
}

async function readFromManagedIdentity(
  azure: Azure,
  clientId: string,
  deps: Deps,
): Promise<FederatedCredentials> {
  const { connectResourceManager } = await import('../../azure/clients/index.ts');
  const { openExistingManagedIdentity } = await import('../../identity/objects/index.ts');
  try {
    const identity = openExistingManagedIdentity(connectResourceManager(azure, deps), clientId);
    const { known } = await identity.plan();
    if (known === undefined) throw new Error('the managed identity does not exist');
    return { kind: 'read', of: 'managed identity', credentials: await identity.credentials(known) };
  } catch (error) {
    if (error instanceof FederationError && error.code === 'managed-identity-not-found')
      return {
        kind: 'no-identity',
        why: `tenant ${azure.tenantId ?? 'of the job'} has no application, and the subscription no managed identity, with the client ID ${clientId}`,
      };
    throw error;
  }
}

/** Returns the first line of an error's message. The rest is advice for other actions. */
export function getFirstLine(error: unknown): string {
  return errorMessage(error).split('\n', 1)[0] ?? '';
}
