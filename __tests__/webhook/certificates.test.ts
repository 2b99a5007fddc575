import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  createServingCertificates,
  findCertificateFault,
  type ServingCertificates,
} from '../../src/webhook/certificates/index.ts';
import { manualClock } from '../support/deps.ts';

const service = 'azure-wi-webhook-webhook-service.azure-workload-identity-system.svc';
const day = 24 * 3600;
// The real time: TLS itself uses the clock of the machine.
const now = { now: () => Date.now() / 1000, sleep: async () => undefined };
const later = (seconds: number) => ({ ...now, now: () => Date.now() / 1000 + seconds });
let created: ServingCertificates;

beforeAll(async () => {
  created = await createServingCertificates(
    { dnsNames: [service, 'localhost'], ipAddresses: ['127.0.0.1'] },
    now,
  );
});

describe('createServingCertificates', () => {
  test.each([service, 'localhost', '127.0.0.1'])(
    'creates a certificate that a TLS client accepts for %s and rejects for another name',
    async (name) => {
      const server = createServer({ cert: created.certificate, key: created.key, minVersion: 'TLSv1.3' });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        await expect(handshake(port, name)).resolves.toBe(true);
        await expect(handshake(port, 'other.example')).rejects.toThrow(
          /does not match certificate's altnames/,
        );
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  test("creates a CA with the name, key format and lifetime of the webhook's own rotation", () => {
    const ca = new X509Certificate(created.caCertificate);
    const server = new X509Certificate(created.certificate);
    expect(ca.checkHost('azure-workload-identity-ca')).toBe('azure-workload-identity-ca');
    expect(ca.ca).toBe(true);
    expect(created.caKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(ca.checkPrivateKey(createPrivateKey(created.caKey))).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.subject).not.toContain('CN=');
    const years = (Date.parse(ca.validTo) - Date.now()) / (365 * day * 1000);
    expect(years).toBeCloseTo(10, 1);
    expect(Date.parse(server.validFrom)).toBeLessThan(Date.now() - 59 * 60_000);
  });

  test('gives every certificate its own serial number', async () => {
    const other = await createServingCertificates({ dnsNames: ['x'] }, manualClock());
    const certificates = [created.caCertificate, created.certificate, other.caCertificate, other.certificate];
    expect(new Set(certificates.map((pem) => new X509Certificate(pem).serialNumber)).size).toBe(4);
  });
});

describe('findCertificateFault', () => {
  test('accepts certificates until 90 days before they expire', () => {
    expect(findCertificateFault(created, service, now)).toBeUndefined();
    expect(findCertificateFault(created, service, later(274 * day))).toBeUndefined();
    expect(findCertificateFault(created, service, later(276 * day))).toMatch(
      /^the serving certificate expires on .* less than 90 days/,
    );
  });

  test('rejects certificates that are not valid yet', () => {
    expect(findCertificateFault(created, service, later(-2 * 3600))).toMatch(/not valid before/);
  });

  test.each<[string, (other: ServingCertificates) => Partial<ServingCertificates>, RegExp]>([
    [
      'another CA',
      (other) => ({ caCertificate: other.caCertificate, caKey: other.caKey }),
      /not signed by the CA/,
    ],
    ['the key of another CA', (other) => ({ caKey: other.caKey }), /CA key does not match/],
    ['another serving key', (other) => ({ key: other.key }), /serving key does not match/],
    ['a PKCS#8 CA key', () => ({ caKey: toPkcs8(created.caKey) }), /not in PKCS#1 format/],
    [
      'the serving certificate as CA',
      () => ({ caCertificate: created.certificate, caKey: created.key }),
      /CA certificate is not valid for the name/,
    ],
    ['text that is not a certificate', () => ({ certificate: 'text' }), /unreadable/],
  ])('rejects %s', async (_, change, fault) => {
    const other = await createServingCertificates({ dnsNames: [service] }, now);
    expect(findCertificateFault({ ...created, ...change(other) }, service, now)).toMatch(fault);
  });

  test('rejects a certificate for another name', () => {
    expect(findCertificateFault(created, 'other.ns.svc', now)).toMatch(/not valid for the name other.ns.svc/);
  });
});

function toPkcs8(pem: string): string {
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function handshake(port: number, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const isAddress = /^[\d.]+$/.test(name);
    const socket = connect(
      // A server name must not be an address. The certificate is still checked against the host.
      { port, host: '127.0.0.1', ca: created.caCertificate, ...(isAddress ? {} : { servername: name }) },
      () => {
        resolve(socket.authorized);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
}
