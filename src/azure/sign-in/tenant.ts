import { decodeJwt } from 'jose';
import { FederationError } from '../../errors/index.ts';
import type { Azure } from '../connection.ts';
import { isGuid } from '../literals.ts';

/**
 * Returns the tenant ID. If only the domain of the tenant is known, or nothing at all, an access token of the job tells it.
 * Throws FederationError `tenant-unknown`.
 */
export async function resolveTenantId(
  azure: Pick<Azure, 'environment' | 'credential' | 'tenantId'>,
): Promise<string> {
  if (azure.tenantId !== undefined && isGuid(azure.tenantId)) return azure.tenantId;
  const issued = await azure.credential.getToken(`${azure.environment.graphAudience}/.default`);
  const tenantId = readClaims(issued?.token).tid;
  if (typeof tenantId === 'string') return tenantId;
  throw new FederationError('tenant-unknown', { problem: 'the access token of the job does not contain it' });
}

/** Returns the claims of a JWT without verifying it; none if it is not a JWT. */
export function readClaims(token: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token ?? '');
  } catch {
    return {};
  }
}
