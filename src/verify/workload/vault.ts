import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import type { AzureEnvironment } from '../../azure/index.ts';
import { errorMessage } from '../../errors/index.ts';
import { retry } from '../../runtime/index.ts';
import type { ExchangeContext } from '../diagnosis/exchange.ts';
import { diagnoseVault, mayVaultSettle, type VaultContext } from '../diagnosis/vault.ts';
import { createWorkloadCredential } from './exchange.ts';

/** What was read, without the value. */
export interface SecretRead {
  /** `https://name.vault.azure.net/secrets/hellosecret/<version>`. */
  readonly id: string;
  readonly waitedSeconds: number;
}

/**
 * Reads a secret and masks its value, and waits while an assigned role has not taken effect. Throws
 * CheckFailedError.
 */
export async function readSecret(
  context: VaultContext,
  credential: TokenCredential,
  secret: { readonly keyVaultUrl: string; readonly secretName: string },
): Promise<SecretRead> {
  const { environment, inputs, deps } = context;
  const client = connectVault(environment, secret.keyVaultUrl, credential);
  const started = deps.clock.now();
  let waitedSeconds = 0;
  const policy = {
    what: 'the role on the key vault to take effect',
    budgetSeconds: inputs.timeout,
    isTransient: (error: unknown) => mayVaultSettle(context, error),
  };
  try {
    const { value, properties } = await retry(policy, deps, () => {
      waitedSeconds = Math.round(deps.clock.now() - started);
      return client.getSecret(secret.secretName);
    });
    if (value) deps.log.mask(value);
    return { id: properties.id ?? '', waitedSeconds };
  } catch (error) {
    throw await diagnoseVault(context, error);
  }
}

/**
 * Masks the value of the secret, so that it can be removed from what a pod logged. If it cannot be read from
 * here, the same identity cannot have read it in the pod either.
 */
export async function maskSecretValue(context: ExchangeContext): Promise<void> {
  const { deps, environment, inputs } = context;
  if (inputs.keyVaultUrl === undefined || inputs.secretName === undefined) return;
  try {
    const client = connectVault(environment, inputs.keyVaultUrl, createWorkloadCredential(context));
    const { value } = await client.getSecret(inputs.secretName);
    if (value) deps.log.mask(value);
  } catch (error) {
    deps.log.debug(`Failed to read the secret from here: ${errorMessage(error).split('\n', 1)[0]}`);
  }
}

function connectVault(environment: AzureEnvironment, url: string, credential: TokenCredential): SecretClient {
  return new SecretClient(url, credential, {
    // An emulated vault is not in the domain of the resource that it requests tokens for.
    disableChallengeResourceVerification: environment.caFile !== undefined,
    retryOptions: { maxRetries: 1 },
  });
}
