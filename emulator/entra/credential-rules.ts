import { randomUUID } from 'node:crypto';
import type { FederatedCredential } from './directory.ts';

/** At most this many federated credentials on one application or managed identity. */
export const maximumCredentials = 20;
const maximumCharacters = 600;

/** Why a credential cannot be stored; Graph and the resource manager word and number it differently. */
export type CredentialFault =
  | { readonly kind: 'name' | 'value' | 'audiences' | 'length'; readonly message: string }
  | { readonly kind: 'pair' | 'limit'; readonly message?: undefined };

/** What a caller wants a credential to be. */
export interface WantedCredential {
  readonly name: string;
  readonly issuer: unknown;
  readonly subject: unknown;
  readonly audiences: unknown;
  readonly description?: unknown;
}

/** The owner's credentials with one written, or why not. White space and case are kept as they come: so does Entra. */
export function writeCredential(
  credentials: readonly FederatedCredential[],
  wanted: WantedCredential,
):
  | {
      readonly credentials: readonly FederatedCredential[];
      readonly credential: FederatedCredential;
      readonly isNew: boolean;
    }
  | CredentialFault {
  const { name, issuer, subject, audiences, description } = wanted;
  if (!/^[A-Za-z0-9][\w-]{2,119}$/.test(name)) {
    return {
      kind: 'name',
      message: `The name '${name}' of the federated identity credential is not valid: it needs 3 to 120 letters, digits, dashes and underscores, and starts with a letter or digit.`,
    };
  }
  for (const [property, value] of Object.entries({ issuer, subject })) {
    if (typeof value !== 'string' || value === '')
      return { kind: 'value', message: `The property ${property} is required.` };
  }
  if (
    !Array.isArray(audiences) ||
    audiences.length !== 1 ||
    typeof audiences[0] !== 'string' ||
    audiences[0] === ''
  )
    return {
      kind: 'audiences',
      message: 'The federated identity credential must have exactly one audience.',
    };
  for (const [property, value] of Object.entries({ issuer, subject, audience: audiences[0], description })) {
    if (typeof value === 'string' && value.length > maximumCharacters)
      return {
        kind: 'length',
        message: `The property ${property} is longer than ${maximumCharacters} characters.`,
      };
  }
  const old = credentials.find((one) => one.name === name);
  const others = credentials.filter((one) => one !== old);
  if (others.some((one) => one.issuer === issuer && one.subject === subject)) return { kind: 'pair' };
  if (!old && credentials.length >= maximumCredentials) return { kind: 'limit' };
  const credential: FederatedCredential = {
    id: old?.id ?? randomUUID(),
    name,
    issuer: String(issuer),
    subject: String(subject),
    audiences: [audiences[0]],
    description: typeof description === 'string' ? description : undefined,
  };
  return {
    credential,
    isNew: !old,
    credentials: old
      ? credentials.map((one) => (one === old ? credential : one))
      : [...credentials, credential],
  };
}
