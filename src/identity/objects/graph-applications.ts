import type { Graph } from '../../azure/clients/index.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Identity, IdentityHost } from './identity.ts';

/** What this project reads of an application. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly uniqueName?: string | null;
  readonly identifierUris?: readonly string[];
  readonly signInAudience?: string;
  readonly requiredResourceAccess?: readonly {
    readonly resourceAppId: string;
    readonly resourceAccess: readonly { readonly id: string; readonly type: string }[];
  }[];
  readonly tags?: readonly string[];
}

/** What this project reads of a service principal. */
export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly tags?: readonly string[];
}

const fields =
  '$select=id,appId,displayName,uniqueName,identifierUris,signInAudience,requiredResourceAccess,tags';

/** Path of an application by its unique name; `read` has the fields of `Application`. */
export function byUniqueName(name: string): { readonly path: string; readonly read: string } {
  const path = `/applications(uniqueName='${odata(name)}')`;
  return { path, read: `${path}?${fields}` };
}

/** Path that reads an application by its client id. */
export function byClientId(clientId: string): string {
  return `/applications(appId='${odata(clientId)}')?${fields}`;
}

/** Path that lists applications with one of their tags. */
export function byTag(tag: string): string {
  return `/applications?$filter=${encodeURIComponent(`tags/any(t:t eq '${tag.replaceAll("'", "''")}')`)}&${fields}`;
}

/** Path of the service principal of a client id. */
export function principalPath(clientId: string): { readonly path: string; readonly read: string } {
  const path = `/servicePrincipals(appId='${odata(clientId)}')`;
  return { path, read: `${path}?$select=id,appId,tags` };
}

/** Deleted applications, which stay for 30 days and keep their unique names. */
export function deletedApplications(graph: Graph): Promise<readonly Application[]> {
  return graph.list(
    'list the deleted applications',
    '/directory/deletedItems/microsoft.graph.application?$select=id,appId,displayName,uniqueName,tags',
  );
}

/** Deleted service principals. */
export function deletedPrincipals(graph: Graph): Promise<readonly ServicePrincipal[]> {
  return graph.list(
    'list the deleted service principals',
    '/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id,appId,tags',
  );
}

/**
 * Ends a deleted object for good, so that it no longer counts against the directory's quota nor holds its name.
 * What was deleted a moment ago may take some seconds to be among the deleted.
 */
export async function purge(graph: Graph, what: string, id: string, justDeleted: boolean): Promise<void> {
  const options = justDeleted ? { afterCreation: true, patienceSeconds: 30 } : {};
  await graph.remove(`purge the deleted ${what}`, `/directory/deletedItems/${id}`, options);
}

/** Removes an application and its service principal for good. The service principal goes first: it cannot be purged behind its application. */
export async function destroyApplication(graph: Graph, title: string, identity: Identity): Promise<void> {
  const principal = `service principal of the ${title}`;
  const { principalId, objectId } = identity;
  if (principalId !== undefined) await destroyPrincipal(graph, principal, principalId);
  if (await graph.remove(`remove the ${title}`, `/applications/${objectId}`))
    await purge(graph, title, objectId, true);
}

/** Removes a service principal for good. */
export async function destroyPrincipal(graph: Graph, title: string, id: string): Promise<void> {
  if (await graph.remove(`remove the ${title}`, `/servicePrincipals/${id}`))
    await purge(graph, title, id, true);
}

/** Federated credentials of an application. */
export function applicationCredentials(
  graph: Graph,
  title: string,
): Pick<IdentityHost, 'withDescription' | 'credentials' | 'write' | 'remove'> {
  const listOf = ({ objectId }: Identity) => `/applications/${objectId}/federatedIdentityCredentials`;
  const named = (identity: Identity, name: string) => `${listOf(identity)}(name='${odata(name)}')`;
  // The application was found or made a moment ago: a replica that does not know it yet answers 404.
  const options = { afterCreation: true };
  return {
    withDescription: true,
    credentials: async (identity) => {
      const listed = await graph.list<Credential & { description?: string | null }>(
        `list the federated credentials of the ${title}`,
        listOf(identity),
        options,
      );
      return listed.map(({ name, issuer, subject, audiences, description }) => ({
        ...{ name, issuer, subject, audiences },
        ...(typeof description === 'string' && { description }),
      }));
    },
    write: async (identity, { name, ...body }) => {
      const doing = `write the federated credential "${name}" of the ${title}`;
      await graph.upsert(doing, named(identity, name), body, options);
    },
    remove: (identity, name) =>
      graph.remove(`remove the federated credential "${name}" of the ${title}`, named(identity, name)),
  };
}

/** A value inside single quotes of a Graph path. */
function odata(value: string): string {
  return encodeURIComponent(value.replaceAll("'", "''"));
}
