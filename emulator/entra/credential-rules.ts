import { randomUUID } from 'node:crypto';
import type { FederatedCredential } from './directory.ts';

/** Maximum number of federated credentials of an application or managed identity. */
export const maximumCredentials = 20;
const maximumCharacters = 600;

/** Why a credential cannot be stored. Graph and Resource Manager have different messages and codes for it. */
export type CredentialFault =
  | { readonly kind: 'name' | 'value' | 'audiences' | 'length'; readonly message: string }
  | { readonly kind: 'pair' | 'limit'; readonly message?: undefined };

/** A credential in a request. */
export interface WantedCredential {
  readonly name: string;
  readonly issuer: unknown;
  readonly subject: unknown;
  readonly audiences: unknown;
  readonly description?: unknown;
}

/** The credentials of an owner after a write. */
export interface WrittenCredential {
  readonly credentials: readonly FederatedCredential[];
  readonly credential: FederatedCredential;
  readonly isNew: boolean;
}

/**
 * Writes one of the owner's credentials, or returns why not. As in Entra ID, whitespace and case are kept.
 */
export function writeCredential(
  credentials: readonly FederatedCredential[],
  wanted: WantedCredential,
): WrittenCredential | CredentialFault {
  const checked = check(wanted);
  if ('kind' in checked) return checked;
  const old = credentials.find((one) => one.name === checked.name);
  const { issuer, subject } = checked;
  const isPairTaken = credentials.some(
    (one) => one !== old && one.issuer === issuer && one.subject === subject,
  );
  if (isPairTaken) return { kind: 'pair' };
  if (!old && credentials.length >= maximumCredentials) return { kind: 'limit' };
  const credential: FederatedCredential = { ...checked, id: old?.id ?? randomUUID() };
  return {
    credential,
    isNew: !old,
    credentials: old
      ? credentials.map((one) => (one === old ? credential : one))
      : [...credentials, credential],
  };
}

function check(wanted: WantedCredential): Omit<FederatedCredential, 'id'> | CredentialFault {
  const { name, issuer, subject, audiences, description } = wanted;
  if (!/^[A-Za-z0-9][\w-]{2,119}$/.test(name)) {
    return {
      kind: 'name',
      message: `The name '${name}' of the federated identity credential is not valid: it needs 3 to 120 letters, digits, dashes and underscores, and starts with a letter or digit.`,
    };
  }
  if (!isText(issuer)) return { kind: 'value', message: 'The property issuer is required.' };
  if (!isText(subject)) return { kind: 'value', message: 'The property subject is required.' };
  const [audience, ...others]: readonly unknown[] = Array.isArray(audiences) ? audiences : [];
  if (!isText(audience) || others.length > 0) {
    return {
      kind: 'audiences',
      message: 'The federated identity credential must have exactly one audience.',
    };
  }
  for (const [property, value] of Object.entries({ issuer, subject, audience, description })) {
    if (isText(value) && value.length > maximumCharacters) {
      return {
        kind: 'length',
        message: `The property ${property} is longer than ${maximumCharacters} characters.`,
      };
    }
  }
  return {
    name,
    issuer,
    subject,
    audiences: [audience],
    description: isText(description) ? description : undefined,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
