import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { definition } from '../../src/cluster/definition.ts';
import { requestOf } from '../../src/cluster/request.ts';
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

describe('inputs of start-minikube', () => {
  test.each([
    ['by http', 'http://example.org/', /https/],
    ['with a query', 'https://example.org/?tenant=1', /query/],
    ['with a fragment', 'https://example.org/#a', /fragment/],
    ['too long for Entra', `https://example.org/${'a'.repeat(600)}`, /600 characters/],
    ['relative', 'example.org/oidc', /whole URL/],
    ['in a spelling that no client keeps', 'https://Example.org/', /https:\/\/example\.org\//],
  ])('an issuer %s is refused before anything is started', (_, issuer, why) => {
    expect(() => parse({ 'issuer-url': issuer })).toThrow(why);
  });

  test('an issuer stays as it is written, because Entra compares it byte by byte', () => {
    for (const issuer of ['https://example.org', 'https://example.org/oidc/', 'https://example.org/a%2Fb'])
      expect(parse({ 'issuer-url': issuer }).issuerUrl).toBe(issuer);
  });

  test('versions are whole, with or without their v', () => {
    expect(parse({ 'kubernetes-version': '1.34.4', 'tool-version': 'v1.38.1' })).toMatchObject({
      kubernetesVersion: 'v1.34.4',
      toolVersion: 'v1.38.1',
    });
    expect(() => parse({ 'kubernetes-version': '1.34' })).toThrow(/whole version/);
  });

  test.each(['../elsewhere', 'Upper', 'a', '-dash', 'a'.repeat(41)])(
    'a cluster name that no tool takes is refused: %s',
    (name) => {
      expect(() => parse({ 'cluster-name': name })).toThrow(/2 to 40 lower-case/);
    },
  );
});

describe('inputs of one provider', () => {
  test.each([
    ['cpus', 'two', /whole number, max/],
    ['memory', '4 GB', /size such as 4g/],
    ['driver', 'docker,podman', /one word/],
    ['addons', 'ingress\nmetrics server', /one addon a line, not "metrics server"/],
  ])('%s: %s is refused with what to write', (name, value, why) => {
    expect(() => parse({ [name]: value })).toThrow(why);
  });

  test('that another provider does not use are named, so that nobody waits for their effect', async () => {
    const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
    const given = { 'private-key-file': privateKeyFile, 'public-key-file': publicKeyFile };
    const deps = testDeps({ temporaryDirectory: shop.folder });
    await requestOf(parse({ ...given, 'cluster-provider': 'kind', cpus: '2', 'node-image': 'mine' }), deps);
    expect(deps.lines).toEqual(['warning input cpus is only for minikube: kind does not use it']);
  });
});

describe('the signing key', () => {
  test('a pair is read with its key id', async () => {
    const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
    expect(await readSigningKey(publicKeyFile, privateKeyFile, log)).toMatchObject({
      privateKeyFile,
      publicKeyFile,
      keyId: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test('halves of two pairs are told apart before anything is started', async () => {
    const one = shop.keyPair('one');
    const other = shop.keyPair('other');
    await expect(readSigningKey(one.publicKeyFile, other.privateKeyFile, log)).rejects.toMatchObject({
      code: 'key-pair-mismatch',
    });
  });

  test('a missing file is named with its input', async () => {
    const { publicKeyFile } = shop.keyPair('sa');
    await expect(readSigningKey(publicKeyFile, shop.path('absent.key'), log)).rejects.toMatchObject({
      code: 'key-file-unreadable',
      hint: expect.stringContaining('private-key-file'),
    });
  });

  test('a file that may not be read, or cannot be, is named with its input', async () => {
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
    ['rubbish', 'correct horse battery staple', /no PEM block found/],
    ['a public key', undefined, /found a public key/],
  ])('%s in place of the private key is told for what it is', async (_, content, why) => {
    const { publicKeyFile } = shop.keyPair('sa');
    const file = shop.file('other.key', content ?? readFileSync(publicKeyFile, 'utf8'));
    await expect(readSigningKey(publicKeyFile, file, log)).rejects.toMatchObject({
      code: 'key-unreadable',
      message: expect.stringMatching(why),
    });
  });

  test('a file with several public keys is refused: a cluster signs with one', async () => {
    const { publicKeyFile: one } = shop.keyPair('one');
    const { publicKeyFile: other } = shop.keyPair('other');
    const both = shop.file('both.pub', readFileSync(one, 'utf8') + readFileSync(other, 'utf8'));
    await expect(readSigningKey(both, undefined, log)).rejects.toThrow(/found 2 keys/);
  });
});
