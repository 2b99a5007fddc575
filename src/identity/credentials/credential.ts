import { formatSubject, type ServiceAccountRef } from '../../kubernetes/definition.ts';
import { createCredentialName, createJobCredentialName } from './names.ts';

/** A federated credential as Entra ID has it. Those of managed identities have no description. */
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

/** How many federated credentials one application or managed identity can hold. */
export const credentialLimit = 20;

/** Which unused credentials of the same owner to delete. */
export type Prune = 'none' | 'same-issuer' | 'any-issuer';

/** How long the created objects are meant to exist. */
export type Lifetime = { readonly kind: 'kept' } | { readonly kind: 'job'; readonly since: number };

/** Returns the credentials that these accounts need: one each, with one audience, named by its content. */
export function createWantedCredentials(options: {
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
      name:
        lifetime.kind === 'kept' ? createCredentialName(key) : createJobCredentialName(key, lifetime.since),
      issuer,
      subject: key.subject,
      audiences: [options.audience],
      description: `Service account ${account.namespace}/${account.name}, by entra-kubernetes-federation for ${owner}`,
    };
  });
}

/** Checks an audience. Throws `Error` that says what to write instead. */
export function parseAudience(value: string): string {
  if (/\s/.test(value)) throw new Error('write exactly one audience, without whitespace');
  if (value.length > 600) throw new Error('write at most 600 characters');
  const known = /^api:\/\/AzureADTokenExchange(USGov|China)?$/i.exec(value);
  const exact = [
    'api://AzureADTokenExchange',
    'api://AzureADTokenExchangeUSGov',
    'api://AzureADTokenExchangeChina',
  ];
  if (known && !exact.includes(value)) {
    const meant = exact.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
    throw new Error(`write ${meant}, in this uppercase and lowercase`);
  }
  return value;
}
