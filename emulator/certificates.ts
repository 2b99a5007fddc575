import { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { loadX509 } from '../src/webhook/certificates/index.ts';

/** The CA of the emulator and the certificate of all of its listeners, as PEM. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMilliseconds = 86_400_000;

/**
 * Creates a CA and a server certificate for these hostnames and addresses. Both are valid for 30 days, from a
 * day ago.
 */
export async function createCertificates(hostnames: readonly string[]): Promise<Certificates> {
  const x509 = await loadX509();
  const validity = {
    notBefore: new Date(Date.now() - dayMilliseconds),
    notAfter: new Date(Date.now() + 30 * dayMilliseconds),
    signingAlgorithm: algorithm,
  };
  const [authorityKeys, serverKeys] = await Promise.all([generateKeys(), generateKeys()]);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Azure emulator CA',
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=Azure emulator',
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hostnames.map((name) => ({ type: isIP(name) ? 'ip' : 'dns', value: name }) as const),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    authority: new X509Certificate(Buffer.from(authority.rawData)).toString(),
    certificate: new X509Certificate(Buffer.from(server.rawData)).toString(),
    privateKey: KeyObject.from(serverKeys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
