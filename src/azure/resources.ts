import * as v from 'valibot';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import { apiVersions } from './api-versions.ts';
import type { Call } from './calls.ts';
import { type Azure, requireSubscription } from './connection.ts';
import { AzureRequestError, describeRefusal, parseAnswer } from './refusals.ts';

type ResourceDeps = Pick<Deps, 'clock' | 'fetch'>;

/**
 * Reads a path of Azure Resource Manager that the official clients do not cover, such as
 * `/subscriptions/…/providers/Microsoft.KeyVault/vaults`, or the next page of a list. Throws AzureRequestError.
 */
export async function getResource<S extends v.GenericSchema>(
  { environment, credential }: Pick<Azure, 'environment' | 'credential'>,
  target: { readonly path: string; readonly apiVersion: string; readonly schema: S },
  deps: ResourceDeps,
): Promise<v.InferOutput<S>> {
  const token = await credential.getToken(`${environment.resourceManagerAudience}/.default`);
  const { path, apiVersion, schema } = target;
  const url = path.startsWith('https://')
    ? path
    : `${environment.resourceManager}${path}?api-version=${apiVersion}`;
  const { response, body } = await fetchText(url, token?.token ?? '', deps);
  if (!response.ok) {
    const { status, headers } = response;
    throw new AzureRequestError(describeRefusal({ status, headers, body }, deps.clock));
  }
  return parseAnswer(schema, parseJson(body));
}

async function fetchText(
  url: string,
  token: string,
  deps: ResourceDeps,
): Promise<{ readonly response: Response; readonly body: string }> {
  try {
    const response = await deps.fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    return { response, body: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const noAnswer = { status: 0, headers: undefined, body: undefined };
    throw new AzureRequestError(
      describeRefusal({ ...noAnswer, code: errorCode(cause), message: errorMessage(error) }, deps.clock),
      error,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const resourceGroupSchema = v.object({ location: v.pipe(v.string(), v.nonEmpty()) });

/** Returns the region of a resource group, for a resource to create in it. Throws FederationError `location-missing` if the job may not read it. */
export function readRegion(
  azure: Pick<Azure, 'environment' | 'credential' | 'subscriptionId'>,
  resourceGroup: string,
  call: Call,
  deps: ResourceDeps,
): Promise<string> {
  const action = `read the resource group "${resourceGroup}"`;
  const path = `/subscriptions/${requireSubscription(azure, action)}/resourceGroups/${encodeURIComponent(resourceGroup)}`;
  const target = {
    path,
    apiVersion: apiVersions['Microsoft.Resources/resourceGroups'].version,
    schema: resourceGroupSchema,
  };
  return call(action, async () => {
    try {
      return (await getResource(azure, target, deps)).location;
    } catch (error) {
      if (!(error instanceof AzureRequestError) || error.refusal.status !== 403) throw error;
      const values = { resourceGroup, problem: error.message };
      throw new FederationError('location-missing', values, { cause: error });
    }
  });
}

/** Returns all entries of a paged list of the official clients. */
export async function collectPages<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const entries: T[] = [];
  for await (const entry of pages) entries.push(entry);
  return entries;
}
