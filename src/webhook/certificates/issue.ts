import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import type { Extension, JsonGeneralName, X509Certificate } from '@peculiar/x509';
import type { Clock } from '../../runtime/index.ts';
import { loadX509 } from './x509.ts';

/** A CA and the serving certificate that it signed, all PEM. Both keys are secrets: mask them. */
export interface ServingCertificates {
  readonly caCertificate: string;
  /** PKCS#1, the only form that the webhook's own rotation reads. */
  readonly caKey: string;
  readonly certificate: string;
  readonly key: string;
}

/** The hosts of the URLs at which the API server calls the webhook. */
export interface ServingNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses?: readonly string[];
}

/** DNS name of the CA. The webhook's rotation keeps certificates of others only if their CA has this name. */
export const caName = 'azure-workload-identity-ca';

const day = 24 * 3600;
// The same lifetimes as in the webhook's own rotation.
const caLifetimeSeconds = 3650 * day;
const certificateLifetimeSeconds = 365 * day;
/** The webhook's rotation and this action replace certificates with less than this left. */
export const renewalWindowSeconds = 90 * day;

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

type X509 = Awaited<ReturnType<typeof loadX509>>;

/** Creates a CA and a serving certificate that the webhook's rotation accepts, and renews when they expire. */
export async function createServingCertificates(
  names: ServingNames,
  clock: Clock,
): Promise<ServingCertificates> {
  const x509 = await loadX509();
  const [caPair, pair] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const issue = createIssuer(x509, caPair.privateKey, clock);
  const ca = await issue(issuerName, caPair.publicKey, caLifetimeSeconds, caExtensions(x509));
  // A common name holds at most 64 characters and the name of the Service is longer, so only the alternative names have it.
  const server = await issue(
    'O=azure-workload-identity',
    pair.publicKey,
    certificateLifetimeSeconds,
    serverExtensions(x509, names),
  );
  return {
    caCertificate: `${ca.toString('pem')}\n`,
    caKey: encodePkcs1(caPair.privateKey),
    certificate: `${server.toString('pem')}\n`,
    key: encodePkcs1(pair.privateKey),
  };
}

const issuerName = `CN=${caName}, O=azure-workload-identity`;

type Issue = (
  subject: string,
  publicKey: webcrypto.CryptoKey,
  lifetimeSeconds: number,
  extensions: Extension[],
) => Promise<X509Certificate>;

function createIssuer(x509: X509, signingKey: webcrypto.CryptoKey, clock: Clock): Issue {
  return (subject, publicKey, lifetimeSeconds, extensions) =>
    x509.X509CertificateGenerator.create(
      {
        serialNumber: createSerialNumber(),
        subject,
        issuer: issuerName,
        // One hour ago: the clocks of runner and nodes may differ.
        notBefore: new Date((clock.now() - 3600) * 1000),
        notAfter: new Date((clock.now() + lifetimeSeconds) * 1000),
        signingAlgorithm: algorithm,
        publicKey,
        signingKey,
        extensions,
      },
      webcrypto,
    );
}

function caExtensions(x509: X509): Extension[] {
  const { digitalSignature, keyEncipherment, keyCertSign } = x509.KeyUsageFlags;
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment | keyCertSign, true),
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: caName }]),
  ];
}

function serverExtensions(x509: X509, { dnsNames, ipAddresses = [] }: ServingNames): Extension[] {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  const alternativeNames: JsonGeneralName[] = [
    ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...ipAddresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(alternativeNames),
  ];
}

function generateKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function encodePkcs1(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs1', format: 'pem' }).toString();
}

// Positive and unique: two certificates with the same issuer and serial number confuse clients that cache them.
function createSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
