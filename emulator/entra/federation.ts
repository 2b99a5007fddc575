import type { Assertion } from './assertion.ts';
import type { FederatedCredential } from './directory.ts';
import { type Refusal, refusal } from './refusals.ts';

/**
 * Returns the refusal of an assertion that matches none of a client's credentials. Issuer, subject and
 * audience are compared byte for byte. An assertion with several audiences matches none: how Entra ID handles
 * it is not documented.
 */
export function matchCredential(
  credentials: readonly FederatedCredential[],
  assertion: Assertion,
  clientId: string,
): Refusal | undefined {
  if (credentials.length === 0) return refusal(7000226, { client: clientId });
  const { issuer, subject, audiences } = assertion;
  const ofIssuer = credentials.filter((one) => one.issuer === issuer);
  if (ofIssuer.length === 0) return refusal(700211, { issuer });
  const ofSubject = ofIssuer.filter((one) => one.subject === subject);
  if (ofSubject.length === 0) {
    const differsInCase = ofIssuer.some((one) => one.subject.toLowerCase() === subject.toLowerCase());
    return refusal(differsInCase ? 7002138 : 700213, { subject });
  }
  const [audience, ...others] = audiences;
  const fits = ofSubject.some((one) => audience !== undefined && one.audiences.includes(audience));
  return fits && others.length === 0 ? undefined : refusal(700212, { audience: audiences.join(', ') });
}
