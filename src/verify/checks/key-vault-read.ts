import type { Check } from '../check.ts';
import { createWorkloadCredential } from '../workload/exchange.ts';
import { readSecret } from '../workload/vault.ts';

/** The workload's identity can read the secret: the request that the pod makes, made from here. */
export const keyVaultRead: Check = {
  id: 'key-vault-read',
  title: 'Key Vault from the runner',
  reliesOn: ['token-exchange'],
  lookedAt: ({ inputs }) =>
    inputs.keyVaultUrl === undefined
      ? 'the input `key-vault-url`'
      : `secret "${inputs.secretName ?? ''}" of ${inputs.keyVaultUrl}`,
  run: async (context) => {
    const { keyVaultUrl, secretName } = context.inputs;
    if (keyVaultUrl === undefined || secretName === undefined)
      return { skipped: '`key-vault-url` and `secret-name` are not both set' };
    if ((await context.facts.token()) === undefined)
      return { skipped: 'the service account does not exist, so it has no token' };
    const secret = await readSecret(context, createWorkloadCredential(context), { keyVaultUrl, secretName });
    const waited = secret.waitedSeconds < 1 ? '' : ` after ${secret.waitedSeconds} s`;
    return {
      found: `read the secret "${secretName}"${waited}`,
      evidence: [['secret', secret.id]],
    };
  },
};
