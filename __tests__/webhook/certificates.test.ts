import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeServingCertificates, type ServingCertificates } from '../../src/webhook/certificates/issue.ts';
import { faultOf } from '../../src/webhook/certificates/state.ts';
import { manualClock } from '../support/deps.ts';

const service = 'azure-wi-webhook-webhook-service.azure-workload-identity-system.svc';
const day = 24 * 3600;
// The real time: TLS itself looks at the machine's clock.
const now = { now: () => Date.now() / 1000, sleep: async () => undefined };
const later = (seconds: number) => ({ ...now, now: () => Date.now() / 1000 + seconds });
let made: ServingCertificates;

beforeAll(async () => {
  made = await makeServingCertificates({ dnsNames: [service, 'localhost'], ipAddresses: ['127.0.0.1'] }, now);
});

describe('serving certificates', () => {
  test.each([service, 'localhost', '127.0.0.1'])(
    'a TLS client that trusts the CA accepts the server as %s',
    async (name) => {
      const server = createServer({ cert: made.certificate, key: made.key, minVersion: 'TLSv1.3' });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        await expect(handshake(port, name)).resolves.toBe(true);
        await expect(handshake(port, 'somebody.else')).rejects.toThrow(
          /does not match certificate's altnames/,
        );
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  test("the CA carries the name, the key form and the lifetimes by which the webhook's rotation knows its own", () => {
    const ca = new X509Certificate(made.caCertificate);
    const server = new X509Certificate(made.certificate);
    expect(ca.checkHost('azure-workload-identity-ca')).toBe('azure-workload-identity-ca');
    expect(ca.ca).toBe(true);
    expect(made.caKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(ca.checkPrivateKey(createPrivateKey(made.caKey))).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.subject).not.toContain('CN=');
    const years = (Date.parse(ca.validTo) - Date.now()) / (365 * day * 1000);
    expect(years).toBeCloseTo(10, 1);
    expect(Date.parse(server.validFrom)).toBeLessThan(Date.now() - 59 * 60_000);
  });

  test('no two have the same serial number', async () => {
    const other = await makeServingCertificates({ dnsNames: ['x'] }, manualClock());
    const serials = [made.caCertificate, made.certificate, other.caCertificate, other.certificate];
    expect(new Set(serials.map((pem) => new X509Certificate(pem).serialNumber)).size).toBe(4);
  });
});

describe('whether certificates can stay', () => {
  test('they stay while the rotation would keep them, and not a day longer', () => {
    expect(faultOf(made, service, now)).toBeUndefined();
    expect(faultOf(made, service, later(274 * day))).toBeUndefined();
    expect(faultOf(made, service, later(276 * day))).toMatch(
      /^the serving certificate ends on .* less than 90 days/,
    );
    expect(faultOf(made, service, later(-2 * 3600))).toMatch(/begins only on/);
  });

  test.each<[string, (other: ServingCertificates) => Partial<ServingCertificates>, RegExp]>([
    [
      'another CA',
      (other) => ({ caCertificate: other.caCertificate, caKey: other.caKey }),
      /not signed by the CA/,
    ],
    ["another CA's key", (other) => ({ caKey: other.caKey }), /CA's key belongs to another/],
    ['another serving key', (other) => ({ key: other.key }), /serving key belongs to another/],
    ['a PKCS#8 CA key', () => ({ caKey: pkcs8(made.caKey) }), /not PKCS#1/],
    [
      'the serving certificate as CA',
      () => ({ caCertificate: made.certificate, caKey: made.key }),
      /does not carry the name/,
    ],
    ['rubbish', () => ({ certificate: 'rubbish' }), /unreadable/],
  ])('%s is a fault', async (_, change, fault) => {
    const other = await makeServingCertificates({ dnsNames: [service] }, now);
    expect(faultOf({ ...made, ...change(other) }, service, now)).toMatch(fault);
  });

  test('a certificate for another name is a fault', () => {
    expect(faultOf(made, 'other.ns.svc', now)).toMatch(/not for other.ns.svc/);
  });
});

function pkcs8(pem: string): string {
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function handshake(port: number, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const isAddress = /^[\d.]+$/.test(name);
    const socket = connect(
      // A server name may not be an address; the certificate is still checked against the host.
      { port, host: '127.0.0.1', ca: made.caCertificate, ...(isAddress ? {} : { servername: name }) },
      () => {
        resolve(socket.authorized);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}
