import { formatSubject, type ServiceAccountRef } from '../../kubernetes/definition.ts';
import { credentialName, jobCredentialName } from './names.ts';

/** A federated credential as Entra has it. Managed identities' have no description. */
export interface Credential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description?: string;
}

/** A federated credential as it should be. */
export interface WantedCredential extends Credential {
  readonly account: ServiceAccountRef;
}

/** As many as one application or managed identity can hold. */
export const credentialLimit = 20;

/** Which credentials of ours that are not wanted any more are removed. */
export type Prune = 'none' | 'same-issuer' | 'any-issuer';

/** How long what is made here is meant to live. */
export type Lifetime = { readonly kind: 'kept' } | { readonly kind: 'job'; readonly since: number };

/** The credentials that these accounts need: one each, one audience each, named by content. */
export function wantedCredentials(options: {
  readonly accounts: readonly ServiceAccountRef[];
  readonly issuer: string;
  readonly audience: string;
  readonly owner: string;
  readonly lifetime: Lifetime;
}): readonly WantedCredential[] {
  const { issuer, owner, lifetime } = options;
  return options.accounts.map((account) => {
    const key = { owner, issuer, subject: formatSubject(account) };
    return {
      account,
      name: lifetime.kind === 'kept' ? credentialName(key) : jobCredentialName(key, lifetime.since),
      issuer,
      subject: key.subject,
      audiences: [options.audience],
      description: `Service account ${account.namespace}/${account.name}, by entra-kubernetes-federation for ${owner}`,
    };
  });
}
