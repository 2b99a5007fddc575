import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { errorMessage, FederationError } from '../errors/index.ts';
import { type Deps, retryAfterSeconds } from '../runtime/index.ts';
import { type Call, callsTo } from './calls.ts';
import type { Azure } from './index.ts';
import { AzureRequestError } from './refusals.ts';

/** Azure Resource Manager for one subscription: the official clients, and what they do not cover. */
export interface ResourceManager {
  readonly subscriptionId: string;
  readonly identities: ManagedServiceIdentityClient;
  readonly authorization: AuthorizationManagementClient;
  readonly call: Call;
  /** GET of a path such as `/subscriptions/…/providers/Microsoft.KeyVault/vaults`. Throws AzureRequestError. */
  get<T>(path: string, apiVersion: string): Promise<T>;
}

/** Resource Manager in the job's cloud; nothing is sent before it is used. Throws FederationError `subscription-missing`. */
export function connectResourceManager(
  azure: Pick<Azure, 'environment' | 'credential' | 'subscriptionId'>,
  deps: Pick<Deps, 'log' | 'clock' | 'fetch'>,
): ResourceManager {
  const { environment, credential, subscriptionId } = azure;
  if (subscriptionId === undefined) {
    throw new FederationError('failed to reach Azure Resource Manager: the subscription is not known', {
      code: 'subscription-missing',
      hint: 'Set the input azure-subscription-id.',
    });
  }
  const scope = `${environment.resourceManagerAudience}/.default`;
  const options = {
    endpoint: environment.resourceManager,
    credentialScopes: [scope],
    // `callsTo` retries, and only what is known to pass.
    retryOptions: { maxRetries: 0 },
  };
  return {
    subscriptionId,
    identities: new ManagedServiceIdentityClient(credential, subscriptionId, options),
    authorization: new AuthorizationManagementClient(credential, subscriptionId, {
      ...options,
      $host: environment.resourceManager,
    }),
    call: callsTo('Azure Resource Manager', deps),
    get: async <T>(path: string, apiVersion: string) => {
      const token = await credential.getToken(scope);
      const url = path.startsWith('https://')
        ? path
        : `${environment.resourceManager}${path}?api-version=${apiVersion}`;
      return (await getJson(url, token?.token ?? '', deps)) as T;
    },
  };
}

async function getJson(url: string, token: string, deps: Pick<Deps, 'clock' | 'fetch'>): Promise<unknown> {
  let response: Response;
  try {
    response = await deps.fetch(url, { headers: { authorization: `Bearer ${token}` } });
  } catch (error) {
    throw new AzureRequestError({
      status: 0,
      code: '',
      message: errorMessage(error),
      requestId: undefined,
      retryAfterSeconds: undefined,
    });
  }
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const { code = '', message = `HTTP ${response.status}` } = errorOf(text);
  throw new AzureRequestError({
    status: response.status,
    code,
    message,
    requestId: response.headers.get('x-ms-request-id') ?? undefined,
    retryAfterSeconds: retryAfterSeconds(response.headers.get('retry-after'), deps.clock),
  });
}

function errorOf(body: string): { readonly code?: string; readonly message?: string } {
  try {
    return (JSON.parse(body) as { error?: { code?: string; message?: string } }).error ?? {};
  } catch {
    return {};
  }
}
