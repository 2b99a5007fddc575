import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import type { AzureEnvironment } from '../../azure/index.ts';
import { errorMessage } from '../../errors/index.ts';
import type { ExchangeContext } from '../diagnosis/exchange.ts';
import { diagnoseVault, type VaultContext, vaultMaySettle } from '../diagnosis/vault.ts';
import { waitOut } from '../waiting.ts';
import { workloadCredential } from './exchange.ts';

/** What was read, without the value. */
export interface ReadSecret {
  /** `https://name.vault.azure.net/secrets/hellosecret/<version>`. */
  readonly id: string;
  readonly waitedSeconds: number;
}

/** Reads a secret and masks its value, waiting while a role that was given has not taken effect. Throws CheckFailedError. */
export async function readSecret(
  context: VaultContext,
  credential: TokenCredential,
  secret: { readonly keyVaultUrl: string; readonly secretName: string },
): Promise<ReadSecret> {
  const { environment, inputs, deps } = context;
  const client = clientFor(environment, secret.keyVaultUrl, credential);
  try {
    const { value, waitedSeconds } = await waitOut(
      {
        what: 'the role on the vault to take effect',
        budgetSeconds: inputs.timeout,
        maySettle: (error) => vaultMaySettle(context, error),
      },
      deps,
      () => client.getSecret(secret.secretName),
    );
    if (value.value) deps.log.mask(value.value);
    return { id: value.properties.id ?? '', waitedSeconds };
  } catch (error) {
    throw await diagnoseVault(context, error);
  }
}

/**
 * Makes the value of the secret known to the masks, so that it can be taken out of what a pod logged. Where it cannot be read from here, the same
 * identity cannot have read it in the pod either.
 */
export async function maskSecretValue(context: ExchangeContext): Promise<void> {
  const { deps, environment, inputs } = context;
  if (inputs.keyVaultUrl === undefined || inputs.secretName === undefined) return;
  try {
    const client = clientFor(environment, inputs.keyVaultUrl, workloadCredential(context));
    const { value } = await client.getSecret(inputs.secretName);
    if (value) deps.log.mask(value);
  } catch (error) {
    deps.log.debug(`the secret cannot be read from here: ${errorMessage(error).split('\n', 1)[0]}`);
  }
}

function clientFor(environment: AzureEnvironment, url: string, credential: TokenCredential): SecretClient {
  return new SecretClient(url, credential, {
    // An emulated vault is not under the domain that it asks tokens for.
    disableChallengeResourceVerification: environment.caFile !== undefined,
    retryOptions: { maxRetries: 1 },
  });
}
