import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { discoveryPath, type HostedIssuer, hostIssuer, jwksPath, storageError } from './hosted-issuer.ts';
import type { Answer } from './web-server.ts';

let hosted: HostedIssuer;
beforeAll(async () => {
  hosted = await hostIssuer();
});
afterAll(() => hosted?.close());

describe('an issuer that somebody else hosts', () => {
  test('is proven by reading both documents as a stranger', async () => {
    const { clock, prove } = hosted.begin();
    expect(await prove()).toEqual({
      issuerUrl: hosted.issuerUrl,
      discoveryUrl: `${hosted.server.origin}${discoveryPath}`,
      jwksUrl: `${hosted.server.origin}${jwksPath}`,
      keyIds: [hosted.key.kid],
      changed: false,
    });
    expect(clock.slept).toEqual([]);
  });

  test('is proven with an issuer that has no slash at its end', async () => {
    const { prove } = hosted.begin();
    hosted.server.answer(discoveryPath, { body: JSON.stringify(buildDiscovery(hosted.server.origin)) });
    expect(await prove({ 'issuer-url': hosted.server.origin })).toMatchObject({
      issuerUrl: hosted.server.origin,
    });
  });

  test('may keep its JWKS at another path of its origin', async () => {
    const { prove } = hosted.begin();
    hosted.server.answer(discoveryPath, {
      body: JSON.stringify({
        ...buildDiscovery(hosted.issuerUrl),
        jwks_uri: `${hosted.server.origin}/keys.json`,
      }),
    });
    hosted.server.answer('/keys.json', {
      body: JSON.stringify(toJwks([hosted.other.publicKey, hosted.key.publicKey])),
    });
    expect(await prove()).toMatchObject({
      jwksUrl: `${hosted.server.origin}/keys.json`,
      keyIds: [hosted.other.kid, hosted.key.kid],
    });
  });

  test('may serve the documents with another content type, which is warned of', async () => {
    const { deps, prove } = hosted.begin();
    hosted.server.answer(jwksPath, {
      headers: { 'content-type': 'application/octet-stream' },
      body: JSON.stringify(toJwks([hosted.key.publicKey])),
    });
    hosted.server.answer(discoveryPath, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(buildDiscovery(hosted.issuerUrl)),
    });
    await prove();
    expect(deps.lines.filter((line) => line.startsWith('warning'))).toEqual([
      `warning ${hosted.server.origin}${jwksPath} is served as "application/octet-stream", not as application/json: Entra ID reads it all the same, other verifiers may not`,
    ]);
  });
});

/** Refusals that may pass: what is waited for. */
const passing: readonly [what: string, path: string, answer: Answer, code: string, waitsFor: string][] = [
  [
    'a private or missing container',
    discoveryPath,
    { status: 404, ...storageError('ResourceNotFound') },
    'document-missing',
    'the document to appear',
  ],
  [
    'a missing blob',
    jwksPath,
    { status: 404, ...storageError('BlobNotFound') },
    'document-missing',
    'the document to appear',
  ],
  ['a missing page', jwksPath, { status: 404 }, 'document-missing', 'the document to appear'],
  [
    'public access that is forbidden',
    discoveryPath,
    { status: 409, ...storageError('PublicAccessNotPermitted') },
    'public-access-forbidden',
    'public access to take effect',
  ],
  [
    'a stale cache',
    jwksPath,
    { headers: { age: '55' }, body: '{"keys":[]}' },
    'key-not-published',
    'the current JWKS to be served',
  ],
  ['a server in trouble', jwksPath, { status: 503 }, 'issuer-unavailable', 'to recover'],
  ['a connection that breaks off', discoveryPath, { reset: true }, 'issuer-unreachable', 'to answer'],
];

describe('what may pass is waited for, by name and no longer than was said', () => {
  test.each(passing)('%s', async (_what, path, answer, code, waitsFor) => {
    const { clock, deps, prove } = hosted.begin();
    hosted.server.answer(path, answer);
    await expect(prove()).rejects.toMatchObject({ code });
    const waited = clock.slept.reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThan(30);
    expect(waited).toBeLessThanOrEqual(60);
    expect(
      deps.lines.filter((line) => line.startsWith('info waiting') && line.includes(waitsFor)).length,
    ).toBeGreaterThan(3);
    const good = path === jwksPath ? toJwks([hosted.key.publicKey]) : buildDiscovery(hosted.issuerUrl);
    hosted.server.answer(path, answer, answer, { body: JSON.stringify(good) });
    expect(await prove()).toMatchObject({ keyIds: [hosted.key.kid] });
  });

  test('a server that says when to come back is believed', async () => {
    const { clock, prove } = hosted.begin();
    hosted.server.answer(
      jwksPath,
      { status: 429, headers: { 'retry-after': '17' } },
      { body: JSON.stringify(toJwks([hosted.key.publicKey])) },
    );
    await prove();
    expect(clock.slept).toEqual([17]);
  });

  test('a name that DNS does not know', async () => {
    const { prove } = hosted.begin();
    await expect(prove({ 'issuer-url': 'https://account.invalid/' })).rejects.toMatchObject({
      code: 'issuer-unreachable',
      message: expect.stringContaining('account.invalid'),
    });
  });
});
