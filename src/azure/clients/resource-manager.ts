import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import * as v from 'valibot';
import type { Deps } from '../../runtime/index.ts';
import { type Call, createCall } from '../calls.ts';
import { type Azure, requireSubscription } from '../connection.ts';
import { parseAnswer } from '../refusals.ts';
import { getResource, readRegion } from '../resources.ts';
import { resourceManagerRules } from '../rules/resource-manager.ts';

/** Azure Resource Manager for one subscription: the official clients, and what they do not cover. */
export interface ResourceManager {
  readonly subscriptionId: string;
  readonly identities: ManagedServiceIdentityClient;
  readonly authorization: AuthorizationManagementClient;
  readonly call: Call;
  /** Returns all entries of a list, such as `/subscriptions/…/providers/Microsoft.KeyVault/vaults`. */
  list<S extends v.GenericSchema>(
    action: string,
    target: { readonly path: string; readonly apiVersion: string; readonly schema: S },
  ): Promise<readonly v.InferOutput<S>[]>;
  /** Returns a resource that the official clients do not cover, such as a key vault. */
  read<S extends v.GenericSchema>(
    action: string,
    target: { readonly path: string; readonly apiVersion: string; readonly schema: S },
  ): Promise<v.InferOutput<S>>;
  /** Returns the region of a resource group. Throws FederationError `location-missing`. */
  readRegion(resourceGroup: string): Promise<string>;
}

const pageSchema = v.object({ value: v.array(v.unknown()), nextLink: v.nullish(v.string()) });
type Page = v.InferOutput<typeof pageSchema>;

/** Connects to Resource Manager in the job's cloud; no request is sent. Throws FederationError `subscription-missing`. */
export function connectResourceManager(
  azure: Pick<Azure, 'environment' | 'credential' | 'subscriptionId'>,
  deps: Pick<Deps, 'log' | 'clock' | 'fetch'>,
): ResourceManager {
  const { environment, credential } = azure;
  const subscriptionId = requireSubscription(azure, 'connect to Azure Resource Manager');
  const options = {
    endpoint: environment.resourceManager,
    credentialScopes: [`${environment.resourceManagerAudience}/.default`],
    // `Call` retries, and only what is known to pass.
    retryOptions: { maxRetries: 0 },
  };
  const service = { name: 'Azure Resource Manager', rules: resourceManagerRules, values: {} };
  const call = createCall(service, deps);
  return {
    subscriptionId,
    identities: new ManagedServiceIdentityClient(credential, subscriptionId, options),
    authorization: new AuthorizationManagementClient(credential, subscriptionId, {
      ...options,
      $host: environment.resourceManager,
    }),
    call,
    list: async <S extends v.GenericSchema>(
      action: string,
      target: { readonly path: string; readonly apiVersion: string; readonly schema: S },
    ) => {
      const entries: v.InferOutput<S>[] = [];
      for (let next: string | null | undefined = target.path; next; ) {
        const page: Page = await call(action, () =>
          getResource(azure, { ...target, path: next ?? '', schema: pageSchema }, deps),
        );
        entries.push(...parseAnswer(v.array(target.schema), page.value));
        next = page.nextLink;
      }
      return entries;
    },
    read: (action, target) => call(action, () => getResource(azure, target, deps)),
    readRegion: (resourceGroup) => readRegion(azure, resourceGroup, call, deps),
  };
}
