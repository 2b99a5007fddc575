import {
  AzureCliCredential,
  ClientAssertionCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { FederationError } from '../../errors/index.ts';
import type { Azure } from '../connection.ts';
import type { AzureInputs } from '../definition.ts';
import { type AzureEnvironment, isPublishedCloud } from '../environment.ts';
import { openAzureEnvironment } from '../trust.ts';
import { readCliSession } from './cli-session.ts';
import type { SignInDeps } from './deps.ts';
import { explainSignInErrors } from './errors.ts';
import { createMissingTokenError, fetchGitHubToken, hasGitHubToken } from './github-token.ts';

/** Options of @azure/identity for one cloud: of the job's own sign-in and of the exchange of a workload's token. */
export function createCredentialOptions(environment: AzureEnvironment) {
  return {
    authorityHost: environment.authority,
    // Instance discovery asks the public cloud about every login host. It knows the published clouds only.
    disableInstanceDiscovery: !isPublishedCloud(environment),
  };
}

/**
 * Signs the job in: with GitHub's OIDC token if `azure-client-id` is set, otherwise with a federated token file from the environment,
 * otherwise with the session of the az CLI. No token is fetched before one is needed. Throws FederationError that says what is missing.
 */
export async function connectAzure(inputs: AzureInputs, deps: SignInDeps): Promise<Azure> {
  const environment = await openAzureEnvironment(inputs.azureEnvironment);
  const tenantId = inputs.azureTenantId ?? deps.env.AZURE_TENANT_ID;
  const subscriptionId = inputs.azureSubscriptionId ?? deps.env.AZURE_SUBSCRIPTION_ID;
  const token = await createFederatedCredential(inputs, environment, tenantId, deps);
  if (token) return { environment, credential: token, tenantId, subscriptionId };
  deps.log.debug('Signing in with the session of the az CLI');
  const session = await readCliSession(environment, deps);
  const cli = new AzureCliCredential(tenantId === undefined ? {} : { tenantId });
  return {
    environment,
    credential: explainSignInErrors(cli, { kind: 'cli' }, deps),
    tenantId: tenantId ?? session.tenantId,
    subscriptionId: subscriptionId ?? session.subscriptionId,
  };
}

/** The two ways that need no session. Returns undefined if neither is offered. */
async function createFederatedCredential(
  inputs: AzureInputs,
  environment: AzureEnvironment,
  tenantId: string | undefined,
  deps: SignInDeps,
): Promise<TokenCredential | undefined> {
  const options = createCredentialOptions(environment);
  const file = deps.env.AZURE_FEDERATED_TOKEN_FILE;
  const clientId = inputs.azureClientId ?? (file ? deps.env.AZURE_CLIENT_ID : undefined);
  if (clientId === undefined && !file) return undefined;
  if (tenantId === undefined) throw createIncompleteError('azure-tenant-id');
  if (clientId === undefined) throw createIncompleteError('azure-client-id');
  const exchange = { clientId, tenantUrl: `${environment.authority}/${tenantId}` };
  if (inputs.azureClientId !== undefined && hasGitHubToken(deps.env)) {
    deps.log.debug(`Signing in as ${clientId} with the OIDC token of GitHub`);
    let lastToken: string | undefined;
    const assertion = async () => {
      lastToken = await fetchGitHubToken(environment, deps);
      return lastToken;
    };
    const credential = new ClientAssertionCredential(tenantId, clientId, assertion, options);
    return explainSignInErrors(credential, { kind: 'github', ...exchange, lastToken: () => lastToken }, deps);
  }
  if (!file) throw await createMissingTokenError(deps.env);
  deps.log.debug(`Signing in as ${clientId} with the token file ${file}`);
  const credential = new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath: file, ...options });
  return explainSignInErrors(credential, { kind: 'token-file', ...exchange, file }, deps);
}

function createIncompleteError(input: string): FederationError {
  return new FederationError('azure-sign-in-incomplete', { input });
}
