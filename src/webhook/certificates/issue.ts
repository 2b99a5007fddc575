import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import type { Extension, JsonGeneralName } from '@peculiar/x509';
import type { Clock } from '../../runtime/index.ts';
import { loadX509 } from './x509.ts';

/** A CA and the serving certificate that it signed, all PEM. Both keys are secrets: mask them. */
export interface ServingCertificates {
  readonly caCertificate: string;
  /** PKCS#1, the only form in which the webhook's own rotation reads it. */
  readonly caKey: string;
  readonly certificate: string;
  readonly key: string;
}

/** What the API server may call the webhook in its URL. */
export interface ServingNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses?: readonly string[];
}

/** DNS name of the CA: the webhook's rotation keeps a certificate that it did not make itself only under a CA of this name. */
export const caName = 'azure-workload-identity-ca';

const day = 24 * 3600;
// The lifetimes that the webhook's own rotation gives.
const caLifetimeSeconds = 3650 * day;
const certificateLifetimeSeconds = 365 * day;
/** Whatever has less than this left is replaced, by the webhook's rotation and by us. */
export const renewalWindowSeconds = 90 * day;

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** Makes a CA and a serving certificate of the kind that the webhook's rotation accepts, and renews in its time. */
export async function makeServingCertificates(
  names: ServingNames,
  clock: Clock,
): Promise<ServingCertificates> {
  const x509 = await loadX509();
  const [caPair, pair] = await Promise.all([keyPair(), keyPair()]);
  const issuer = `CN=${caName}, O=azure-workload-identity`;
  const issue = (
    subject: string,
    publicKey: webcrypto.CryptoKey,
    lifetimeSeconds: number,
    extensions: Extension[],
  ) =>
    x509.X509CertificateGenerator.create(
      {
        serialNumber: serialNumber(),
        subject,
        issuer,
        // An hour back: the clocks of runner and nodes need not agree.
        notBefore: new Date((clock.now() - 3600) * 1000),
        notAfter: new Date((clock.now() + lifetimeSeconds) * 1000),
        signingAlgorithm: algorithm,
        publicKey,
        signingKey: caPair.privateKey,
        extensions,
      },
      webcrypto,
    );
  const ca = await issue(issuer, caPair.publicKey, caLifetimeSeconds, [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(
      x509.KeyUsageFlags.digitalSignature |
        x509.KeyUsageFlags.keyEncipherment |
        x509.KeyUsageFlags.keyCertSign,
      true,
    ),
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: caName }]),
  ]);
  // A common name holds 64 characters at most and the service's name has more, so it stands in the alternative names only.
  const server = await issue('O=azure-workload-identity', pair.publicKey, certificateLifetimeSeconds, [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(
      x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
      true,
    ),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(alternativeNames(names)),
  ]);
  return {
    caCertificate: `${ca.toString('pem')}\n`,
    caKey: pkcs1(caPair.privateKey),
    certificate: `${server.toString('pem')}\n`,
    key: pkcs1(pair.privateKey),
  };
}

function keyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function pkcs1(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs1', format: 'pem' }).toString();
}

function alternativeNames(names: ServingNames): JsonGeneralName[] {
  return [
    ...names.dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...(names.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
}

// Positive, and never the same twice: two certificates of one issuer and serial number confuse clients that cache them.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
