import { errorCode, FederationError } from '../../errors/index.ts';
import type { AzureEnvironment } from '../environment.ts';
import type { SignInDeps } from './deps.ts';
import { missingSessionError } from './errors.ts';

/** What the az CLI's session knows. */
export interface CliSession {
  readonly tenantId: string;
  readonly subscriptionId: string;
}

/** The CLI's own names of the clouds. */
const cliClouds: Readonly<Record<string, string>> = {
  public: 'AzureCloud',
  'us-government': 'AzureUSGovernment',
  china: 'AzureChinaCloud',
};

/** The session that `az login` or azure/login began. Throws FederationError `azure-sign-in-missing`, `azure-session-expired` or `azure-session-elsewhere`. */
export async function readCliSession(environment: AzureEnvironment, deps: SignInDeps): Promise<CliSession> {
  const result = await deps
    .exec('az', ['account', 'show', '--output', 'json'], { timeoutSeconds: 60 })
    .catch((error) => {
      if (errorCode(error) === 'ENOENT') throw missingSessionError(error);
      throw error;
    });
  if (result.exitCode !== 0) {
    throw new FederationError(
      `failed to sign in to Azure: az account show: ${result.stderr.trim().split('\n')[0] ?? ''}`,
      {
        code: 'azure-session-expired',
        hint: "The az CLI's session is over or was never begun. Run azure/login before this step, or set azure-client-id to sign in with GitHub's OIDC token.",
      },
    );
  }
  const account = JSON.parse(result.stdout) as { id: string; tenantId: string; environmentName?: string };
  const expected = cliClouds[environment.name];
  if (
    expected !== undefined &&
    account.environmentName !== undefined &&
    account.environmentName !== expected
  ) {
    throw new FederationError(
      `failed to sign in to Azure: the az CLI's session is in ${account.environmentName}, not in ${expected}`,
      {
        code: 'azure-session-elsewhere',
        hint: `az cloud set --name ${expected}, then az login; or correct azure-environment.`,
      },
    );
  }
  return { tenantId: account.tenantId, subscriptionId: account.id };
}
