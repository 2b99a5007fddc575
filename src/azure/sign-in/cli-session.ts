import * as v from 'valibot';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import type { AzureEnvironment } from '../environment.ts';
import type { SignInDeps } from './deps.ts';

/** What the session of the az CLI knows. */
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

const accountSchema = v.object({
  id: v.string(),
  tenantId: v.string(),
  environmentName: v.optional(v.string()),
});

/**
 * Returns the session that `az login` or azure/login started. Throws FederationError `azure-sign-in-missing`,
 * `azure-session-expired`, `azure-session-elsewhere` or `azure-sign-in-failed`.
 */
export async function readCliSession(environment: AzureEnvironment, deps: SignInDeps): Promise<CliSession> {
  const { id, tenantId, environmentName } = await showAccount(deps);
  const expected = cliClouds[environment.name];
  if (expected !== undefined && environmentName !== undefined && environmentName !== expected)
    throw new FederationError('azure-session-elsewhere', { expected, found: environmentName });
  return { tenantId, subscriptionId: id };
}

async function showAccount(deps: SignInDeps): Promise<v.InferOutput<typeof accountSchema>> {
  const result = await deps
    .exec('az', ['account', 'show', '--output', 'json'], { timeoutSeconds: 60 })
    .catch((cause) => {
      if (errorCode(cause) === 'ENOENT') throw new FederationError('azure-sign-in-missing', {}, { cause });
      throw cause;
    });
  if (result.exitCode !== 0) {
    const problem = `az account show: ${result.stderr.trim().split('\n')[0] ?? ''}`;
    throw new FederationError('azure-session-expired', { problem });
  }
  try {
    return v.parse(accountSchema, JSON.parse(result.stdout));
  } catch (cause) {
    const problem = `az account show: unexpected answer: ${errorMessage(cause)}`;
    throw new FederationError('azure-sign-in-failed', { problem }, { cause });
  }
}
