import { createPrivateKey, X509Certificate } from 'node:crypto';
import { errorMessage } from '../../errors/index.ts';
import type { Clock } from '../../runtime/index.ts';
import { caName, renewalWindowSeconds, type ServingCertificates } from './issue.ts';

/**
 * Why the webhook's rotation would not keep these certificates, undefined where it would: the rules are the rotation's own
 * (`ValidCert` of cert-controller), read 90 days ahead as it does.
 */
export function faultOf(
  certificates: ServingCertificates,
  dnsName: string,
  clock: Clock,
): string | undefined {
  try {
    const ca = new X509Certificate(certificates.caCertificate);
    const server = new X509Certificate(certificates.certificate);
    if (!ca.checkHost(caName)) return `the CA certificate does not carry the name ${caName}`;
    if (!ca.ca) return 'the CA certificate is not one of a CA';
    if (!certificates.caKey.includes('BEGIN RSA PRIVATE KEY')) return "the CA's key is not PKCS#1";
    if (!ca.checkPrivateKey(createPrivateKey(certificates.caKey)))
      return "the CA's key belongs to another certificate";
    if (!server.checkHost(dnsName)) return `the serving certificate is not for ${dnsName}`;
    if (!server.verify(ca.publicKey)) return 'the serving certificate is not signed by the CA';
    if (!server.checkPrivateKey(createPrivateKey(certificates.key)))
      return 'the serving key belongs to another certificate';
    if (!server.keyUsage?.includes(serverAuthentication)) return 'the serving certificate is not for servers';
    const horizon = (clock.now() + renewalWindowSeconds) * 1000;
    for (const [what, certificate] of [
      ['CA certificate', ca],
      ['serving certificate', server],
    ] as const) {
      if (Date.parse(certificate.validTo) <= horizon)
        return `the ${what} ends on ${certificate.validTo}, less than 90 days ahead`;
      if (Date.parse(certificate.validFrom) > clock.now() * 1000)
        return `the ${what} begins only on ${certificate.validFrom}`;
    }
    return undefined;
  } catch (error) {
    return `a certificate or key is unreadable: ${errorMessage(error)}`;
  }
}

const serverAuthentication = '1.3.6.1.5.5.7.3.1';
