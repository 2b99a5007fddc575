import { ClientAssertionCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { decodeProtectedHeader } from 'jose';
import type { Emulator } from '../../emulator/index.ts';
import { errorMessage } from '../../src/errors/index.ts';

export const secretValue = 'Hello from the vault!';

/** Exchanges a token of the cluster and reads the secret, with nothing cached. */
export async function readSecret(
  emulator: Emulator,
  clientId: string,
  token: string,
): Promise<string | undefined> {
  const credential = new ClientAssertionCredential(emulator.tenantId, clientId, async () => token, {
    authorityHost: emulator.environment.authority,
    disableInstanceDiscovery: true,
  });
  const client = new SecretClient(emulator.keyVaultUrl, credential, {
    disableChallengeResourceVerification: true,
  });
  return (await client.getSecret('hellosecret')).value;
}

/** A workload that reads the secret in a loop, with a token that is renewed whenever the API server answers. */
export class Worker {
  readonly failures: string[] = [];
  readonly signers = new Set<string>();
  readonly #readOnce: (token: string) => Promise<string | undefined>;
  readonly #renew: () => Promise<string>;
  readonly #working: Promise<void>;
  #reads = 0;
  #isStopped = false;

  constructor(
    first: string,
    renew: () => Promise<string>,
    readOnce: (token: string) => Promise<string | undefined>,
  ) {
    this.#renew = renew;
    this.#readOnce = readOnce;
    this.#working = this.#work(first);
  }

  /** Resolves once the workload has read the secret this many more times, or has failed. */
  async waitForReads(count: number): Promise<void> {
    const goal = this.#reads + count;
    while (this.#reads < goal && this.failures.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#working;
  }

  async #work(first: string): Promise<void> {
    for (let token = first; !this.#isStopped; ) {
      // Like the kubelet: the previous token stays while the API server does not answer.
      token = await this.#renew().catch(() => token);
      try {
        if ((await this.#readOnce(token)) !== secretValue) this.failures.push('read a different secret');
        this.signers.add(String(decodeProtectedHeader(token).kid));
      } catch (error) {
        this.failures.push(errorMessage(error));
      }
      this.#reads++;
    }
  }
}
