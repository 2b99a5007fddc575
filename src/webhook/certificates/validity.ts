import { createPrivateKey, X509Certificate } from 'node:crypto';
import { errorMessage } from '../../errors/index.ts';
import type { Clock } from '../../runtime/index.ts';
import { caName, renewalWindowSeconds, type ServingCertificates } from './issue.ts';

const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/**
 * Returns why the webhook's rotation would replace these certificates, or undefined if it would keep them. The rules are those of
 * the rotation (`ValidCert` of cert-controller), which also looks 90 days ahead.
 */
export function findCertificateFault(
  certificates: ServingCertificates,
  dnsName: string,
  clock: Clock,
): string | undefined {
  try {
    const ca = new X509Certificate(certificates.caCertificate);
    const server = new X509Certificate(certificates.certificate);
    if (!ca.checkHost(caName)) return `the CA certificate is not valid for the name ${caName}`;
    if (!ca.ca) return 'the CA certificate is not a CA';
    if (!certificates.caKey.includes('BEGIN RSA PRIVATE KEY')) return 'the CA key is not in PKCS#1 format';
    if (!ca.checkPrivateKey(createPrivateKey(certificates.caKey)))
      return 'the CA key does not match the CA certificate';
    if (!server.checkHost(dnsName)) return `the serving certificate is not valid for the name ${dnsName}`;
    if (!server.verify(ca.publicKey)) return 'the serving certificate is not signed by the CA';
    if (!server.checkPrivateKey(createPrivateKey(certificates.key)))
      return 'the serving key does not match the serving certificate';
    if (!server.keyUsage?.includes(serverAuthentication))
      return 'the serving certificate does not allow server authentication';
    return (
      findLifetimeFault('CA certificate', ca, clock) ??
      findLifetimeFault('serving certificate', server, clock)
    );
  } catch (error) {
    return `a certificate or key is unreadable: ${errorMessage(error)}`;
  }
}

function findLifetimeFault(what: string, certificate: X509Certificate, clock: Clock): string | undefined {
  const horizon = (clock.now() + renewalWindowSeconds) * 1000;
  if (Date.parse(certificate.validTo) <= horizon)
    return `the ${what} expires on ${certificate.validTo}, in less than 90 days`;
  if (Date.parse(certificate.validFrom) > clock.now() * 1000)
    return `the ${what} is not valid before ${certificate.validFrom}`;
  return undefined;
}
