import type { Application } from '../entra/directory.ts';
import { badRequest, type GraphContext, graphError } from './request.ts';

/**
 * Refuses new identifier URIs as a tenant of today does. URIs that the application already has stay valid.
 * Source: Microsoft's page "Restrictions on identifier URIs of Microsoft Entra applications".
 */
export function checkNewIdentifierUris(
  { azure: { tenant, behaviour } }: GraphContext,
  uris: unknown,
  own: Application | undefined,
): void {
  if (uris === undefined) return;
  if (!Array.isArray(uris)) throw badRequest("Property 'identifierUris' is not a list of texts.");
  const current = own?.properties.identifierUris;
  for (const uri of uris.map(String)) {
    if (Array.isArray(current) && current.includes(uri)) continue;
    if (behaviour.identifierUriPolicy === 'any') continue;
    const host = /^https?:\/\/([^/:]+)/i.exec(uri)?.[1];
    if (host !== undefined && !isVerified(host, tenant.domain))
      throw graphError(
        400,
        'HostNameNotOnVerifiedDomain',
        'Values of identifierUris property must use a verified domain of the organization or its subdomain.',
      );
    const ids = [tenant.id, ...(own ? [own.clientId] : [])];
    if (behaviour.identifierUriPolicy === 'strict') checkFormat(uri, tenant.id, own?.clientId);
    else if (!isVerified(uri, tenant.domain) && !ids.some((id) => uri.includes(id)))
      throw graphError(
        400,
        refusal,
        `Failed to add identifier URI '${uri}'. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error.`,
      );
  }
}

const refusal = 'InvalidUniqueTenantIdentifierAsPerAppPolicy';

function checkFormat(uri: string, tenantId: string, clientId: string | undefined): void {
  if (clientId !== undefined && [`api://${clientId}`, `api://${tenantId}/${clientId}`].includes(uri)) return;
  throw graphError(
    400,
    refusal,
    `The newly added URI '${uri}' must comply with the format 'api://{appId}' or 'api://{tenantId}/{appId}' as per the default app management policy of your organization.`,
  );
}

function isVerified(text: string, domain: string): boolean {
  const host = /^(?:[a-z]+:\/\/)?([^/:]+)/i.exec(text)?.[1]?.toLowerCase() ?? '';
  return host === domain || host.endsWith(`.${domain}`);
}
