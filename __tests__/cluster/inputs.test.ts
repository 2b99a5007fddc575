import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { definition } from '../../src/cluster/definition.ts';
import { readRequest } from '../../src/cluster/request.ts';
import { readSigningKey } from '../../src/cluster/signing-key.ts';
import { parseInputs } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

const { log } = testDeps();

const parse = (given: Readonly<Record<string, string>>) =>
  parseInputs(
    definition.inputs,
    (name) =>
      ({ 'issuer-url': 'https://example.org/oidc/', 'public-key-file': 'sa.pub', ...given })[name] ??
      undefined,
    () => undefined,
  );

describe('the inputs of start-minikube', () => {
  test.each([
    ['with http', 'http://example.org/', /https/],
    ['with a query', 'https://example.org/?tenant=1', /query/],
    ['with a fragment', 'https://example.org/#a', /fragment/],
    ['that is too long for Entra ID', `https://example.org/${'a'.repeat(600)}`, /600 characters/],
    ['that is relative', 'example.org/oidc', /absolute URL/],
    ['that clients would normalize', 'https://Example.org/', /https:\/\/example\.org\//],
  ])('reject an issuer %s', (_, issuer, why) => {
    expect(() => parse({ 'issuer-url': issuer })).toThrow(why);
  });

  test('keep an issuer unchanged, because Entra ID compares it byte by byte', () => {
    for (const issuer of ['https://example.org', 'https://example.org/oidc/', 'https://example.org/a%2Fb'])
      expect(parse({ 'issuer-url': issuer }).issuerUrl).toBe(issuer);
  });

  test('accept full versions, with or without a leading v', () => {
    expect(parse({ 'kubernetes-version': '1.34.4', 'tool-version': 'v1.38.1' })).toMatchObject({
      kubernetesVersion: 'v1.34.4',
      toolVersion: 'v1.38.1',
    });
    expect(() => parse({ 'kubernetes-version': '1.34' })).toThrow(/full version/);
  });

  test.each(['../elsewhere', 'Upper', 'a', '-dash', 'a'.repeat(41)])('reject the cluster name %s', (name) => {
    expect(() => parse({ 'cluster-name': name })).toThrow(/2 to 40 lowercase/);
  });
});

describe('inputs of a single provider', () => {
  test.each([
    ['cpus', 'two', /whole number, max/],
    ['memory', '4 GB', /size, for example, 4g/],
    ['driver', 'docker,podman', /one word/],
    ['addons', 'ingress\nmetrics server', /one addon per line, not "metrics server"/],
  ])('reject %s: %s', (name, value, why) => {
    expect(() => parse({ [name]: value })).toThrow(why);
  });

  test('cause a warning with another provider', async () => {
    const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
    const given = { 'private-key-file': privateKeyFile, 'public-key-file': publicKeyFile };
    const deps = testDeps({ temporaryDirectory: shop.folder });
    await readRequest(parse({ ...given, 'cluster-provider': 'kind', cpus: '2', 'node-image': 'mine' }), deps);
    expect(deps.lines).toEqual([expect.stringMatching(/^warning .*`cpus`.*minikube/)]);
  });
});

describe('readSigningKey', () => {
  test('returns a key pair with its key ID', async () => {
    const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
    expect(await readSigningKey(publicKeyFile, privateKeyFile, log)).toMatchObject({
      privateKeyFile,
      publicKeyFile,
      keyId: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('rejects halves of two key pairs', async () => {
    const one = shop.keyPair('one');
    const other = shop.keyPair('other');
    await expect(readSigningKey(one.publicKeyFile, other.privateKeyFile, log)).rejects.toMatchObject({
      code: 'key-pair-mismatch',
    });
  });

  test('names the input of a missing file', async () => {
    const { publicKeyFile } = shop.keyPair('sa');
    await expect(readSigningKey(publicKeyFile, shop.path('absent.key'), log)).rejects.toMatchObject({
      code: 'key-file-unreadable',
      hint: expect.stringContaining('private-key-file'),
    });
  });

  test('names the input of a path that is a folder', async () => {
    const { publicKeyFile } = shop.keyPair('sa');
    const code = 'key-file-unreadable';
    await expect(readSigningKey(publicKeyFile, shop.folder, log)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('EISDIR'),
      hint: expect.stringContaining('private-key-file'),
    });
    await expect(readSigningKey(shop.folder, undefined, log)).rejects.toMatchObject({
      code,
      hint: expect.stringContaining('public-key-file'),
    });
  });

  test.each([
    ['text without a key', 'correct horse battery staple', /no PEM block found/],
    ['a public key', undefined, /found a public key/],
  ])('rejects %s instead of a private key', async (_, content, why) => {
    const { publicKeyFile } = shop.keyPair('sa');
    const file = shop.file('other.key', content ?? readFileSync(publicKeyFile, 'utf8'));
    await expect(readSigningKey(publicKeyFile, file, log)).rejects.toMatchObject({
      code: 'key-unreadable',
      message: expect.stringMatching(why),
    });
  });

  test('rejects a file with several public keys', async () => {
    const { publicKeyFile: one } = shop.keyPair('one');
    const { publicKeyFile: other } = shop.keyPair('other');
    const both = shop.file('both.pub', readFileSync(one, 'utf8') + readFileSync(other, 'utf8'));
    await expect(readSigningKey(both, undefined, log)).rejects.toThrow(/found 2 keys/);
  });
});
