import { chain, type Link } from '../../runtime/index.ts';
import type { CheckResult } from '../check.ts';
import type { CheckId } from '../check-ids.ts';

/** The link of the chain that each check looks at. */
const linkByCheck: Readonly<Record<CheckId, Link>> = {
  'key-files': 'keys',
  'discovery-document': 'issuer',
  'published-jwks': 'issuer',
  'cluster-issuer': 'cluster',
  'cluster-key': 'cluster',
  token: 'cluster',
  'service-account': 'identity',
  'federated-credential': 'identity',
  'webhook-ready': 'webhook',
  'pod-mutated': 'webhook',
  'token-exchange': 'identity',
  'key-vault-read': 'identity',
  pod: 'pod',
};

// A link is proven if these have passed. The key files do not have to be available if the key is seen in use.
const proofs: Readonly<Record<Link, readonly CheckId[]>> = {
  keys: ['published-jwks', 'cluster-key'],
  issuer: ['discovery-document', 'published-jwks'],
  cluster: ['cluster-issuer', 'cluster-key', 'token'],
  identity: ['token-exchange'],
  webhook: ['webhook-ready', 'pod-mutated'],
  pod: ['pod'],
};

/** `open` is neither proven nor broken. */
export type LinkState = 'proven' | 'broken' | 'open';

/** Returns what the results prove of each link, in the order of the chain. */
export function getLinkStates(results: readonly CheckResult[]): ReadonlyMap<Link, LinkState> {
  const status = new Map(results.map((result) => [result.id, result.status]));
  const broken = new Set(
    results.filter((result) => result.status === 'failed').map(({ id }) => linkByCheck[id]),
  );
  const getState = (link: Link): LinkState => {
    if (broken.has(link)) return 'broken';
    return proofs[link].every((id) => status.get(id) === 'passed') ? 'proven' : 'open';
  };
  return new Map(chain.map((link) => [link, getState(link)]));
}
