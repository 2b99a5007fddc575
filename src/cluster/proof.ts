import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as v from 'valibot';
import { errorMessage, FederationError } from '../errors/index.ts';
import {
  assertNoError,
  type DocumentName,
  documentPaths,
  type Finding,
  judgeDiscovery,
  judgeKeySet,
  parseDiscovery,
  parseKeySet,
  type ServedDocument,
} from '../issuer/index.ts';
import {
  type Cluster,
  clusterErrorMessage,
  ensureServiceAccount,
  getRaw,
  remove,
  requestToken,
} from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { judgeClusterIssuer, judgeClusterKey, readClusterDocument } from './documents.ts';
import type { SigningKey } from './signing-key.ts';

/** What the cluster was asked to sign. */
export interface Expectation {
  readonly issuerUrl: string;
  /** Undefined accepts any URL. */
  readonly jwksUrl: string | undefined;
  readonly key: SigningKey;
}

/** What the cluster was found to sign. */
export interface Proof {
  /** Key ID in the header of a token that the cluster signed. */
  readonly keyId: string;
  readonly issuer: string;
  readonly kubernetesVersion: string;
}

const account = { namespace: 'default', name: 'entra-federation-proof' };
const audience = 'api://AzureADTokenExchange';

/**
 * Verifies that a cluster signs as asked, by its own documents and by a token of a service account that is
 * created for this and deleted again. Throws FederationError `cluster-issuer-differs`,
 * `cluster-issuer-default`, `jwks-url-mismatch`, `signing-key-mismatch`, `token-invalid`,
 * `cluster-unreadable`, or another code that the document deserves.
 */
export async function prove(
  cluster: Cluster,
  expected: Expectation,
  deps: Pick<Deps, 'log' | 'clock'>,
): Promise<Proof> {
  const { issuerUrl, key } = expected;
  await verifyDocuments(cluster, expected);
  deps.log.info(`The cluster publishes the issuer ${issuerUrl} and the key ${key.keyId}`);
  const token = await issueToken(cluster, deps);
  await verifyToken(token, expected);
  deps.log.info('A token from TokenRequest has both, and its signature is valid');
  return { keyId: key.keyId, issuer: issuerUrl, kubernetesVersion: await readVersion(cluster) };
}

async function verifyDocuments(cluster: Cluster, expected: Expectation): Promise<void> {
  const discovery = parseDiscovery(await readOwn(cluster, 'discovery'));
  assertNoError(judgeDiscovery(discovery, expected).map(relateToCluster));
  const signing = [{ keyId: expected.key.keyId, isHash: true }];
  const keySet = parseKeySet(await readOwn(cluster, 'jwks'));
  assertNoError(judgeKeySet(keySet, { signing, retired: [] }).map(relateToCluster));
}

// What is wrong with a cluster's own document has another fix than what is wrong with a published one.
function relateToCluster(finding: Finding): Finding {
  const { expected, found, keyId } = finding.values;
  if (finding.code === 'published-issuer-differs')
    return judgeClusterIssuer(String(found), String(expected)) ?? finding;
  if (finding.code === 'key-not-published') return judgeClusterKey(String(found), String(keyId)) ?? finding;
  return finding;
}

async function verifyToken(token: string, { issuerUrl, key }: Expectation): Promise<void> {
  const { kid = 'no key ID' } = decodeProtectedHeader(token);
  const { iss = 'no issuer' } = decodeJwt(token);
  const findings = [judgeClusterKey(kid, key.keyId), judgeClusterIssuer(iss, issuerUrl)];
  assertNoError(findings.filter((finding) => finding !== undefined));
  try {
    // The clock of the machine that runs the node may differ. Entra ID allows five minutes.
    await jwtVerify(token, key.publicKey, { issuer: issuerUrl, audience, clockTolerance: 300 });
  } catch (error) {
    throw new FederationError('token-invalid', { problem: errorMessage(error) }, { cause: error });
  }
}

async function issueToken(cluster: Cluster, deps: Pick<Deps, 'log'>): Promise<string> {
  try {
    await ensureServiceAccount(cluster, account, {});
    const token = await requestToken(cluster, {
      namespace: account.namespace,
      serviceAccount: account.name,
      audience,
      expirationSeconds: 600,
    });
    deps.log.mask(token);
    await remove(cluster, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account });
    return token;
  } catch (error) {
    throw unreadable('a token', clusterErrorMessage(error), error);
  }
}

async function readOwn(cluster: Cluster, name: DocumentName): Promise<ServedDocument> {
  const what = `/${documentPaths[name]}`;
  const document = await readClusterDocument(cluster, name).catch((error) => {
    throw unreadable(what, errorMessage(error), error);
  });
  if (document.status === 200) return document;
  throw unreadable(what, `HTTP ${document.status}: ${document.text.slice(0, 300)}`);
}

async function readVersion(cluster: Cluster): Promise<string> {
  try {
    const { body } = await getRaw(cluster, '/version');
    const schema = v.pipe(v.string(), v.parseJson(), v.object({ gitVersion: v.string() }));
    return v.parse(schema, body).gitVersion;
  } catch (error) {
    throw unreadable('/version', errorMessage(error), error);
  }
}

function unreadable(what: string, problem: string, cause?: unknown): FederationError {
  return new FederationError('cluster-unreadable', { what, problem }, { cause });
}
