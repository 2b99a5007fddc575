import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import type { Context } from './context.ts';
import { diagnoseVault, vaultMaySettle } from './diagnosis/vault.ts';
import { waitOut } from './waiting.ts';

/** What was read, without the value. */
export interface ReadSecret {
  /** `https://name.vault.azure.net/secrets/hellosecret/<version>`. */
  readonly id: string;
  readonly waitedSeconds: number;
}

/** Reads a secret and masks its value, waiting while a role that was given has not taken effect. Throws BrokenLink. */
export async function readSecret(
  context: Context,
  credential: TokenCredential,
  secret: { readonly keyVaultUrl: string; readonly secretName: string },
): Promise<ReadSecret> {
  const { environment, inputs, deps } = context;
  const client = new SecretClient(secret.keyVaultUrl, credential, {
    // An emulated vault is not under the domain that it asks tokens for.
    disableChallengeResourceVerification: environment.caFile !== undefined,
    retryOptions: { maxRetries: 1 },
  });
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
