import type { FederatedCredential, FederatedCredentials } from '../facts/credentials.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

/** What Entra ID compares with a federated credential, byte by byte. */
export interface Presented {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

const fields = ['issuer', 'subject', 'audience'] as const;

/** Whether this credential lets the presented token in. */
export function matches(credential: FederatedCredential, presented: Presented): boolean {
  return fields.every((field) => presentedBy(credential, field) === presented[field]);
}

/** Why no credential of the identity fits, undefined where one does: the nearest one is compared. */
export function credentialFault(
  presented: Presented,
  known: Exclude<FederatedCredentials, { kind: 'unreadable' }>,
): CheckFailedError | undefined {
  if (known.kind === 'no-identity') {
    return new CheckFailedError({
      code: 'identity-missing',
      cause: 'there is no identity with this client id',
      change:
        'Set client-id to the output client-id of federate-app, and see that tenant and subscription are the right ones.',
      answer: known.why,
    });
  }
  if (known.credentials.some((credential) => matches(credential, presented))) return undefined;
  const nearest = nearestOf(known.credentials, presented);
  if (nearest === undefined) {
    return new CheckFailedError({
      code: 'federated-credential-missing',
      cause: `the ${known.of} has no federated credential at all`,
      change: 'Let federate-app make it (service-accounts).',
    });
  }
  const field = fields.find((name) => presentedBy(nearest, name) !== presented[name]) ?? 'issuer';
  const found = presentedBy(nearest, field);
  const others = known.credentials.length - 1;
  return new CheckFailedError({
    code: `credential-${field}-differs`,
    cause: `no federated credential of the ${known.of} fits; the nearest, "${nearest.name}", has another ${field}: ${describeDifference(found, presented[field])}${others > 0 ? ` (${others} more do not fit either)` : ''}`,
    change: `Let federate-app repair it, or edit the credential: its ${field} must be exactly ${presented[field]}`,
    comparison: [
      { label: `${field} of the credential`, value: found },
      { label: `${field} of the token`, value: presented[field] },
    ],
  });
}

// The one with most fields right; among those, the one that differs least.
function nearestOf(
  credentials: readonly FederatedCredential[],
  presented: Presented,
): FederatedCredential | undefined {
  const scored = credentials.map((credential) => ({
    credential,
    score: fields.reduce((sum, field) => sum + likeness(presentedBy(credential, field), presented[field]), 0),
  }));
  return scored.sort((one, other) => other.score - one.score)[0]?.credential;
}

function likeness(found: string, presented: string): number {
  if (found === presented) return 10;
  let same = 0;
  while (same < found.length && found[same]?.toLowerCase() === presented[same]?.toLowerCase()) same++;
  return (9 * same) / Math.max(found.length, presented.length, 1);
}

function presentedBy(credential: FederatedCredential, field: (typeof fields)[number]): string {
  return field === 'audience' ? credential.audiences.join(' ') : credential[field];
}
