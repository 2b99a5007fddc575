import {
  AzureCliCredential,
  ClientAssertionCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { type Deps, FederationError, messageOf } from '../runtime/index.ts';
import { type AzureEnvironment, loadAzureEnvironment } from './environment.ts';
import type { AzureInputs } from './inputs.ts';
import { trustCertificateAuthority } from './trust.ts';

/** What signing in needs of the outside world. */
export interface SignInDeps extends Pick<Deps, 'env' | 'fetch'> {
  readonly log: Pick<Deps['log'], 'debug' | 'mask'>;
}

/** A signed-in connection to one cloud. */
export interface Azure {
  readonly environment: AzureEnvironment;
  readonly credential: TokenCredential;
  /** Undefined where only the az CLI's session knows it. */
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** Loads the environment and makes its CA trusted; no request is made. */
export async function openAzureEnvironment(nameOrFile: string): Promise<AzureEnvironment> {
  const environment = await loadAzureEnvironment(nameOrFile);
  await trustCertificateAuthority(environment.caFile);
  return environment;
}

/** Signs the job in. No token is fetched before one is needed. Throws FederationError `azure-sign-in-incomplete`. */
export async function connectAzure(inputs: AzureInputs, deps: SignInDeps): Promise<Azure> {
  const environment = await openAzureEnvironment(inputs.azureEnvironment);
  const tenantId = inputs.azureTenantId ?? deps.env.AZURE_TENANT_ID;
  return {
    environment,
    credential: credentialFor(inputs, environment, tenantId, deps),
    tenantId,
    subscriptionId: inputs.azureSubscriptionId ?? deps.env.AZURE_SUBSCRIPTION_ID,
  };
}

function credentialFor(
  inputs: AzureInputs,
  environment: AzureEnvironment,
  tenantId: string | undefined,
  deps: SignInDeps,
): TokenCredential {
  const options = {
    authorityHost: environment.authority,
    // Instance discovery asks the public cloud about every other host; an emulator's host is unknown there.
    disableInstanceDiscovery: environment.caFile !== undefined,
  };
  const incomplete = (missing: string) =>
    new FederationError(`failed to sign in to Azure: ${missing} is missing`, {
      code: 'azure-sign-in-incomplete',
      hint: 'Set the inputs azure-client-id and azure-tenant-id, or run azure/login before this step.',
    });
  if (inputs.azureClientId && deps.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    if (!tenantId) throw incomplete('azure-tenant-id');
    deps.log.debug(`signing in as ${inputs.azureClientId} with GitHub's OIDC token`);
    return new ClientAssertionCredential(
      tenantId,
      inputs.azureClientId,
      () => githubToken(environment, deps),
      options,
    );
  }
  const tokenFilePath = deps.env.AZURE_FEDERATED_TOKEN_FILE;
  if (tokenFilePath) {
    const clientId = inputs.azureClientId ?? deps.env.AZURE_CLIENT_ID;
    if (!tenantId) throw incomplete('azure-tenant-id');
    if (!clientId) throw incomplete('azure-client-id');
    deps.log.debug(`signing in as ${clientId} with the token file ${tokenFilePath}`);
    return new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath, ...options });
  }
  if (inputs.azureClientId) {
    throw new FederationError(
      "failed to sign in to Azure: GitHub's OIDC token is not available to this job",
      {
        code: 'github-oidc-unavailable',
        hint: 'Add to the job:\n  permissions:\n    id-token: write\nA pull request from a fork never gets such a token: run start-emulator there instead.',
      },
    );
  }
  deps.log.debug("signing in with the az CLI's session");
  return new AzureCliCredential(tenantId === undefined ? {} : { tenantId });
}

// GitHub's token lives about five minutes, so each exchange fetches its own.
async function githubToken(environment: AzureEnvironment, deps: SignInDeps): Promise<string> {
  const url = new URL(deps.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '');
  url.searchParams.set('audience', environment.tokenExchangeAudience);
  try {
    const response = await deps.fetch(url, {
      headers: {
        authorization: `Bearer ${deps.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`,
        accept: 'application/json',
      },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { value } = (await response.json()) as { value?: string };
    if (!value) throw new Error('the answer holds no token');
    deps.log.mask(value);
    return value;
  } catch (error) {
    throw new FederationError(`failed to fetch GitHub's OIDC token: ${messageOf(error)}`, {
      code: 'github-oidc-failed',
      fault: 'service',
      hint: 'The job needs `permissions: id-token: write`; see githubstatus.com if it has that.',
      cause: error,
    });
  }
}
