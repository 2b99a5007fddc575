import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { errorMessage, FederationError } from '../errors/index.ts';
import {
  type Cluster,
  clusterErrorMessage,
  ensureServiceAccount,
  getRaw,
  remove,
  requestToken,
} from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { SigningKey } from './signing-key.ts';

/** What the cluster was asked to sign. */
export interface Expectation {
  readonly issuerUrl: string;
  /** Undefined where any will do. */
  readonly jwksUrl: string | undefined;
  readonly key: SigningKey;
}

/** What the cluster was seen to do. */
export interface Proof {
  /** The kid in the header of a token that the cluster signed. */
  readonly keyId: string;
  readonly issuer: string;
  readonly kubernetesVersion: string;
}

const account = { namespace: 'default', name: 'entra-federation-proof' };
const audience = 'api://AzureADTokenExchange';

/**
 * Proves that a cluster signs as asked, by its own documents and by a token of a service account made for this and removed again.
 * Throws FederationError with the flag or file at fault: `issuer-mismatch`, `jwks-url-mismatch`, `key-not-published`,
 * `signing-key-mismatch`, `token-invalid`, `cluster-unreadable`.
 */
export async function prove(
  cluster: Cluster,
  expected: Expectation,
  deps: Pick<Deps, 'log' | 'clock'>,
): Promise<Proof> {
  await proveDiscovery(cluster, expected);
  await proveKeySet(cluster, expected);
  deps.log.info(`the cluster publishes issuer ${expected.issuerUrl} and key ${expected.key.keyId}`);
  const token = await signedToken(cluster, deps);
  await proveToken(token, expected);
  deps.log.info('a token from TokenRequest carries both, and its signature verifies with the public key');
  const version = await document(cluster, '/version');
  return {
    keyId: expected.key.keyId,
    issuer: expected.issuerUrl,
    kubernetesVersion: String(version.gitVersion),
  };
}

async function proveDiscovery(cluster: Cluster, expected: Expectation): Promise<void> {
  const { issuer, jwks_uri } = await document(cluster, '/.well-known/openid-configuration');
  if (issuer !== expected.issuerUrl) {
    throw mismatch('issuer-mismatch', 'its issuer', issuer, expected.issuerUrl, '--service-account-issuer', [
      'Entra ID compares byte by byte; a slash at the end counts.',
    ]);
  }
  if (expected.jwksUrl !== undefined && jwks_uri !== expected.jwksUrl)
    throw mismatch(
      'jwks-url-mismatch',
      'its jwks_uri',
      jwks_uri,
      expected.jwksUrl,
      '--service-account-jwks-uri',
    );
}

async function proveKeySet(cluster: Cluster, { key }: Expectation): Promise<void> {
  const { keys } = await document(cluster, '/openid/v1/jwks');
  const ids = Array.isArray(keys) ? keys.map((entry: { kid?: unknown }) => entry.kid) : [];
  if (!ids.includes(key.keyId)) {
    const seen = ids.join(', ') || 'no key';
    throw mismatch('key-not-published', 'its key set', seen, key.keyId, '--service-account-key-file', [
      `It must read ${key.publicKeyFile}.`,
    ]);
  }
}

async function proveToken(token: string, { issuerUrl, key }: Expectation): Promise<void> {
  const { kid } = decodeProtectedHeader(token);
  if (kid !== key.keyId) {
    throw mismatch(
      'signing-key-mismatch',
      "its token's kid",
      kid,
      key.keyId,
      '--service-account-signing-key-file',
      [`It must read ${key.privateKeyFile ?? 'the private key'}.`],
    );
  }
  const { iss } = decodeJwt(token);
  if (iss !== issuerUrl) {
    throw mismatch('issuer-mismatch', "its token's issuer", iss, issuerUrl, '--service-account-issuer', [
      'Where the flag is given several times, the first one signs.',
    ]);
  }
  try {
    // The machine that runs a node may have another clock; Entra allows five minutes.
    await jwtVerify(token, key.publicKey, { issuer: issuerUrl, audience, clockTolerance: 300 });
  } catch (error) {
    throw new FederationError(`failed to verify a token of the cluster: ${errorMessage(error)}`, {
      code: 'token-invalid',
      hint:
        error instanceof errors.JWSSignatureVerificationFailed
          ? `The kid is right, the signature is not: --service-account-signing-key-file and ${key.publicKeyFile} are not a pair.`
          : 'Compare the clocks of this machine and of the cluster.',
      cause: error,
    });
  }
}

async function signedToken(cluster: Cluster, deps: Pick<Deps, 'log'>): Promise<string> {
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
    throw new FederationError(`failed to get a token from the cluster: ${clusterErrorMessage(error)}`, {
      code: 'cluster-unreadable',
      hint: 'The kubeconfig must be allowed to make a service account in the namespace default and to create serviceaccounts/token.',
      cause: error,
    });
  }
}

async function document(cluster: Cluster, path: string): Promise<Record<string, unknown>> {
  try {
    const { status, body } = await getRaw(cluster, path);
    if (status !== 200) throw new Error(`HTTP ${status}: ${body.slice(0, 300)}`);
    return JSON.parse(body) as Record<string, unknown>;
  } catch (error) {
    throw new FederationError(`failed to read ${path} of the cluster: ${errorMessage(error)}`, {
      code: 'cluster-unreadable',
      hint: 'kube-apiserver serves its issuer documents only for an https issuer without query and fragment, and to those bound to system:service-account-issuer-discovery.',
      cause: error,
    });
  }
}

function mismatch(
  code: string,
  what: string,
  seen: unknown,
  asked: string,
  flag: string,
  more: readonly string[] = [],
): FederationError {
  return new FederationError(
    `failed to prove what the cluster signs: ${what} is ${String(seen)}, and ${asked} was asked for`,
    { code, hint: [`The flag ${flag} of kube-apiserver decides it.`, ...more].join(' ') },
  );
}
