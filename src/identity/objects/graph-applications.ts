import * as v from 'valibot';
import type { Graph } from '../../azure/clients/index.ts';
import { quoteOData } from '../../azure/index.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Identity, IdentityHost } from './identity.ts';

const tags = v.optional(v.array(v.string()));

/** What this project reads of an application. */
export const applicationSchema = v.object({
  id: v.string(),
  appId: v.string(),
  displayName: v.string(),
  uniqueName: v.nullish(v.string()),
  identifierUris: v.optional(v.array(v.string())),
  signInAudience: v.nullish(v.string()),
  requiredResourceAccess: v.optional(
    v.array(
      v.object({
        resourceAppId: v.string(),
        resourceAccess: v.array(v.object({ id: v.string(), type: v.string() })),
      }),
    ),
  ),
  tags,
});
export type Application = v.InferOutput<typeof applicationSchema>;

/** What this project reads of a service principal. */
export const principalSchema = v.object({ id: v.string(), appId: v.string(), tags });

const credentialSchema = v.object({
  name: v.string(),
  issuer: v.string(),
  subject: v.string(),
  audiences: v.array(v.string()),
  description: v.nullish(v.string()),
});

const fields =
  '$select=id,appId,displayName,uniqueName,identifierUris,signInAudience,requiredResourceAccess,tags';

/** Returns the path of an application by its unique name. With `read`, the answer has the fields of `Application`. */
export function getApplicationPath(name: string): { readonly path: string; readonly read: string } {
  const path = `/applications(uniqueName=${encodeURIComponent(quoteOData(name))})`;
  return { path, read: `${path}?${fields}` };
}

/** Returns the path that reads an application by its client ID. */
export function getClientPath(clientId: string): string {
  return `/applications(appId=${encodeURIComponent(quoteOData(clientId))})?${fields}`;
}

/** Returns the path that lists the applications with this tag. */
export function getTagPath(tag: string): string {
  return `/applications?$filter=${encodeURIComponent(`tags/any(t:t eq ${quoteOData(tag)})`)}&${fields}`;
}

/** Returns the path of the service principal of a client ID. */
export function getPrincipalPath(clientId: string): { readonly path: string; readonly read: string } {
  const path = `/servicePrincipals(appId=${encodeURIComponent(quoteOData(clientId))})`;
  return { path, read: `${path}?$select=id,appId,tags` };
}

/** Lists the deleted applications, which Entra ID keeps for 30 days with their unique names. */
export function listDeletedApplications(graph: Graph): Promise<readonly Application[]> {
  return graph.list(
    'list the deleted applications',
    '/directory/deletedItems/microsoft.graph.application?$select=id,appId,displayName,uniqueName,tags',
    applicationSchema,
  );
}

/** Lists the deleted service principals. */
export function listDeletedPrincipals(
  graph: Graph,
): Promise<readonly v.InferOutput<typeof principalSchema>[]> {
  return graph.list(
    'list the deleted service principals',
    '/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id,appId,tags',
    principalSchema,
  );
}

/**
 * Deletes a deleted object permanently, so that it no longer counts against the quota of the directory or holds its name.
 * An object that was deleted a moment ago may take some seconds to appear among the deleted objects.
 */
export async function purge(graph: Graph, title: string, id: string, justDeleted: boolean): Promise<void> {
  const options = justDeleted ? { afterCreation: true, patienceSeconds: 30 } : {};
  await graph.remove(`purge the deleted ${title}`, `/directory/deletedItems/${id}`, options);
}

/**
 * Deletes an application and its service principal permanently. The service principal goes first: it could not be purged after its
 * application.
 */
export async function deleteApplication(graph: Graph, title: string, identity: Identity): Promise<void> {
  const principal = `service principal of the ${title}`;
  const { principalId, objectId } = identity;
  if (principalId !== undefined) await deletePrincipal(graph, principal, principalId);
  if (await graph.remove(`delete the ${title}`, `/applications/${objectId}`))
    await purge(graph, title, objectId, true);
}

/** Deletes a service principal permanently. */
export async function deletePrincipal(graph: Graph, title: string, id: string): Promise<void> {
  if (await graph.remove(`delete the ${title}`, `/servicePrincipals/${id}`))
    await purge(graph, title, id, true);
}

/** Returns the operations on the federated credentials of an application. */
export function manageCredentials(
  graph: Graph,
  title: string,
): Pick<IdentityHost, 'withDescription' | 'credentials' | 'write' | 'remove'> {
  const getListPath = ({ objectId }: Pick<Identity, 'objectId'>) =>
    `/applications/${objectId}/federatedIdentityCredentials`;
  const getPath = (identity: Identity, name: string) =>
    `${getListPath(identity)}(name=${encodeURIComponent(quoteOData(name))})`;
  // The application was found or created a moment ago: a replica that does not know it yet answers 404.
  const options = { afterCreation: true };
  return {
    withDescription: true,
    credentials: async (identity) => {
      const action = `list the federated credentials of the ${title}`;
      const listed = await graph.list(action, getListPath(identity), credentialSchema, options);
      return listed.map(
        ({ description, ...credential }): Credential => ({
          ...credential,
          ...(typeof description === 'string' && { description }),
        }),
      );
    },
    write: async (identity, { name, ...body }) => {
      const action = `write the federated credential "${name}" of the ${title}`;
      await graph.upsert(action, getPath(identity, name), { body, schema: v.unknown(), options });
    },
    remove: async (identity, name) => {
      await graph.remove(
        `delete the federated credential "${name}" of the ${title}`,
        getPath(identity, name),
      );
    },
  };
}
