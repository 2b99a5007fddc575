import type { Azure } from '../../azure/index.ts';
import { errorMessage, FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';

/** The region of a resource group, for an account that is to be created in it. Throws FederationError `location-missing`. */
export async function regionOf(
  azure: Azure,
  resourceGroup: string,
  deps: Pick<Deps, 'fetch'>,
): Promise<string> {
  const { environment, credential, subscriptionId } = azure;
  const url = `${environment.resourceManager}/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}?api-version=2021-04-01`;
  try {
    const token = await credential.getToken(`${environment.resourceManagerAudience}/.default`);
    const response = await deps.fetch(url, {
      headers: { authorization: `Bearer ${token?.token}` },
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { location } = (await response.json()) as { readonly location?: string };
    if (!location) throw new Error('it has none');
    return location;
  } catch (error) {
    throw new FederationError(
      `failed to find the region of the resource group ${resourceGroup}: ${errorMessage(error)}`,
      {
        code: 'location-missing',
        hint: 'Set location to the region of the new storage account, such as westeurope.',
        cause: error,
      },
    );
  }
}
