import { FederationError } from '../../errors/index.ts';
import { readClaims } from './claims.ts';
import type { Azure } from './sign-in.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The tenant's id. Where only its domain is known, or only the az CLI's session knows it, a token tells. Throws FederationError `tenant-unknown`. */
export async function resolveTenantId(
  azure: Pick<Azure, 'environment' | 'credential' | 'tenantId'>,
): Promise<string> {
  if (azure.tenantId !== undefined && guid.test(azure.tenantId)) return azure.tenantId;
  const issued = await azure.credential.getToken(`${azure.environment.graphAudience}/.default`);
  const tenantId = readClaims(issued?.token ?? '').tid;
  if (typeof tenantId !== 'string') {
    throw new FederationError("failed to find the tenant's id: the token of the job does not name it", {
      code: 'tenant-unknown',
      hint: 'Set the input azure-tenant-id to the GUID of the tenant.',
    });
  }
  return tenantId;
}
