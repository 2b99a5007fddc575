import {
  AzureCliCredential,
  ClientAssertionCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { FederationError } from '../../errors/index.ts';
import { type AzureEnvironment, isPublishedCloud, loadAzureEnvironment } from '../environment.ts';
import type { AzureInputs } from '../inputs.ts';
import { trustCertificateAuthority } from '../trust.ts';
import { readCliSession } from './cli-session.ts';
import type { SignInDeps } from './deps.ts';
import { explainSignInErrors } from './errors.ts';
import { fetchGitHubToken, hasGitHubToken, missingGitHubTokenError } from './github-token.ts';

/** A signed-in connection to one cloud. */
export interface Azure {
  readonly environment: AzureEnvironment;
  readonly credential: TokenCredential;
  /** GUID or domain. Undefined where only a token tells, see `resolveTenantId`. */
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** Loads the environment and makes its CA trusted; no request is made. */
export async function openAzureEnvironment(nameOrFile: string): Promise<AzureEnvironment> {
  const environment = await loadAzureEnvironment(nameOrFile);
  await trustCertificateAuthority(environment.caFile);
  return environment;
}

/**
 * Signs the job in: with GitHub's OIDC token where azure-client-id is set, else with a federated token file of the environment, else with the az
 * CLI's session. No token is fetched before one is needed. Throws FederationError that says what is missing.
 */
export async function connectAzure(inputs: AzureInputs, deps: SignInDeps): Promise<Azure> {
  const environment = await openAzureEnvironment(inputs.azureEnvironment);
  const tenantId = inputs.azureTenantId ?? deps.env.AZURE_TENANT_ID;
  const subscriptionId = inputs.azureSubscriptionId ?? deps.env.AZURE_SUBSCRIPTION_ID;
  const token = await federatedCredential(inputs, environment, tenantId, deps);
  if (token) return { environment, credential: token, tenantId, subscriptionId };
  deps.log.debug("signing in with the az CLI's session");
  const session = await readCliSession(environment, deps);
  const cli = new AzureCliCredential(tenantId === undefined ? {} : { tenantId });
  return {
    environment,
    credential: explainSignInErrors(cli, { kind: 'cli' }, deps),
    tenantId: tenantId ?? session.tenantId,
    subscriptionId: subscriptionId ?? session.subscriptionId,
  };
}

/** The two ways that need no session. Undefined where neither is offered. */
async function federatedCredential(
  inputs: AzureInputs,
  environment: AzureEnvironment,
  tenantId: string | undefined,
  deps: SignInDeps,
): Promise<TokenCredential | undefined> {
  const options = {
    authorityHost: environment.authority,
    // Instance discovery asks the public cloud about every host; it knows the published clouds only.
    disableInstanceDiscovery: !isPublishedCloud(environment),
  };
  const file = deps.env.AZURE_FEDERATED_TOKEN_FILE;
  const clientId = inputs.azureClientId ?? (file ? deps.env.AZURE_CLIENT_ID : undefined);
  if (clientId === undefined && !file) return undefined;
  if (tenantId === undefined) throw incomplete('azure-tenant-id');
  if (clientId === undefined) throw incomplete('azure-client-id');
  const exchange = { clientId, tenantUrl: `${environment.authority}/${tenantId}` };
  if (inputs.azureClientId !== undefined && hasGitHubToken(deps.env)) {
    deps.log.debug(`signing in as ${clientId} with GitHub's OIDC token`);
    let lastToken: string | undefined;
    const assertion = async () => {
      lastToken = await fetchGitHubToken(environment, deps);
      return lastToken;
    };
    const credential = new ClientAssertionCredential(tenantId, clientId, assertion, options);
    return explainSignInErrors(credential, { kind: 'github', ...exchange, lastToken: () => lastToken }, deps);
  }
  if (!file) throw await missingGitHubTokenError(deps.env);
  deps.log.debug(`signing in as ${clientId} with the token file ${file}`);
  const credential = new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath: file, ...options });
  return explainSignInErrors(credential, { kind: 'token-file', ...exchange, file }, deps);
}

function incomplete(missing: string): FederationError {
  return new FederationError(`failed to sign in to Azure: ${missing} is missing`, {
    code: 'azure-sign-in-incomplete',
    hint: 'Set the inputs azure-client-id and azure-tenant-id, or run azure/login before this step.',
  });
}
