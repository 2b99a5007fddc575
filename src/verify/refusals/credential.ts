import type { FederatedCredential, FederatedCredentials } from '../facts/credentials.ts';
import { type BreakDetails, CheckFailedError } from './check-failed-error.ts';
import { describeDifference } from './difference.ts';

/** The claims that Entra ID compares with a federated credential, byte by byte. */
export interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

const fields = ['issuer', 'subject', 'audience'] as const;
type Field = (typeof fields)[number];

const differences = {
  issuer: 'credential-issuer-differs',
  subject: 'credential-subject-differs',
  audience: 'credential-audience-differs',
} as const satisfies Readonly<Record<Field, string>>;

/** Returns the credential that trusts the presented token. */
export function findMatch(
  credentials: readonly FederatedCredential[],
  presented: Presented,
): FederatedCredential | undefined {
  return credentials.find((credential) =>
    fields.every((field) => getField(credential, field) === presented[field]),
  );
}

/** Returns why no credential of the identity matches, by the closest one; undefined if one does. */
export function diagnoseCredentials(
  presented: Presented,
  known: Exclude<FederatedCredentials, { kind: 'unreadable' }>,
  details: BreakDetails = {},
): CheckFailedError | undefined {
  if (known.kind === 'no-identity')
    return new CheckFailedError('identity-missing', {}, { answer: known.why, ...details });
  const { of: owner, credentials } = known;
  if (findMatch(credentials, presented)) return undefined;
  const closest = findClosest(credentials, presented);
  if (closest === undefined) return new CheckFailedError('federated-credential-missing', { owner }, details);
  const field = fields.find((name) => getField(closest, name) !== presented[name]) ?? 'issuer';
  const found = getField(closest, field);
  const expected = presented[field];
  return new CheckFailedError(
    differences[field],
    { owner, credential: closest.name, difference: describeDifference(found, expected), expected },
    {
      comparison: [
        { label: `${field} of the credential`, value: found },
        { label: `${field} of the token`, value: expected },
      ],
      evidence: credentials.map(({ name, subject }) => [`credential ${name}`, subject]),
      ...details,
    },
  );
}

// The one with the most matching fields, and the least different among those.
function findClosest(
  credentials: readonly FederatedCredential[],
  presented: Presented,
): FederatedCredential | undefined {
  const scored = credentials.map((credential) => ({
    credential,
    score: fields.reduce((sum, field) => sum + scoreMatch(getField(credential, field), presented[field]), 0),
  }));
  return scored.sort((one, other) => other.score - one.score)[0]?.credential;
}

function scoreMatch(found: string, presented: string): number {
  if (found === presented) return 10;
  let same = 0;
  while (same < found.length && found[same]?.toLowerCase() === presented[same]?.toLowerCase()) same++;
  return (9 * same) / Math.max(found.length, presented.length, 1);
}

function getField(credential: FederatedCredential, field: Field): string {
  return field === 'audience' ? credential.audiences.join(' ') : credential[field];
}
