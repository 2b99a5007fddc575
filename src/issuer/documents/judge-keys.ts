import { type Finding, reportError, reportRemark } from './finding.ts';
import { computePublishedKeyId, hasPrivatePart } from './keys.ts';
import { getKeyId, type KeySet, type Parsed, type PublishedKey } from './parse.ts';
import { describeAge, judgeContentType } from './read.ts';

/** Entra ID reads the first hundred keys of a JWKS. */
export const maximumKeys = 100;

/** A key that signs. */
export interface SigningKey {
  readonly keyId: string;
  /** Whether the ID is the hash that Kubernetes computes of the public key. A token's key ID need not be. */
  readonly isHash: boolean;
}

/** What a JWKS must contain. */
export interface ExpectedKeys {
  /** Keys that clusters sign with. Only these are judged: what is wrong with another key is a remark. */
  readonly signing: readonly SigningKey[];
  /** Key IDs that must no longer be published. */
  readonly retired: readonly string[];
}

type Assertion = (document: Parsed<KeySet>, expected: ExpectedKeys) => readonly Finding[];

/** Judges a JWKS. Returns findings in the order in which they should be fixed. */
export function judgeKeySet(document: Parsed<KeySet>, expected: ExpectedKeys): readonly Finding[] {
  return assertions.flatMap((assertion) => assertion(document, expected));
}

const assertions: readonly Assertion[] = [
  ({ served: { url }, content: { keys } }) =>
    keys.flatMap((key, at) =>
      hasPrivatePart(key) ? [reportError('private-key-published', { url, keyId: nameKey(key, at) })] : [],
    ),
  ({ served: { url }, content: { keys } }) =>
    keys.length === 0 ? [reportError('jwks-empty', { url }, { mayPass: stale })] : [],
  (document, { signing }) => signing.flatMap((key) => judgeSigningKey(key, document)),
  ({ served, content: { keys } }, { retired }) =>
    retired
      .filter((keyId) => keys.some((key) => getKeyId(key) === keyId))
      .map((keyId) =>
        reportError(
          'key-still-published',
          { url: served.url, keyId, cached: describeAge(served) },
          { mayPass: stale },
        ),
      ),
  (document) =>
    document.content.keys.length > maximumKeys ? [reportRemark('too-many-keys', countKeys(document))] : [],
  ({ served: { url }, content: { keys } }) => remarkDuplicates(url, keys),
  ({ served: { url }, content: { keys } }, { signing }) => remarkOthers(url, keys, signing),
  ({ served }) => judgeContentType(served),
];

const stale = { what: 'the current JWKS to be served' };

function judgeSigningKey(signing: SigningKey, document: Parsed<KeySet>): readonly Finding[] {
  const { keyId, isHash } = signing;
  const { served, content } = document;
  const { url } = served;
  const entries = content.keys.filter((key) => getKeyId(key) === keyId);
  if (entries.length === 0) return [judgeMissingKey(signing, document)];
  const faults = entries.flatMap((key) => findKeyFault(url, key, keyId) ?? []);
  const differs = isHash && entries.some((key) => computePublishedKeyId(key) !== keyId);
  const position = content.keys.findIndex((key) => getKeyId(key) === keyId);
  return [
    ...faults,
    ...(differs && faults.length === 0 ? [reportError('key-differs', { url, keyId })] : []),
    ...(position < maximumKeys ? [] : [reportError('too-many-keys', countKeys(document))]),
  ];
}

function countKeys({ served: { url }, content: { keys } }: Parsed<KeySet>) {
  return { action: `verify ${url}`, limit: maximumKeys, found: keys.length };
}

function judgeMissingKey({ keyId, isHash }: SigningKey, { served, content }: Parsed<KeySet>): Finding {
  const { url, cachedSeconds } = served;
  const mayPass = cachedSeconds === undefined ? undefined : stale;
  const same = isHash && content.keys.find((key) => computePublishedKeyId(key) === keyId);
  if (same) {
    const other = getKeyId(same);
    if (other === undefined) return reportError('jwks-key-without-id', { url, keyId }, { mayPass });
    const comparison = [
      { label: 'key ID in the JWKS', value: other },
      { label: 'key ID in tokens', value: keyId },
    ] as const;
    return reportError('jwks-key-id-wrong', { url, expected: keyId, keyId: other }, { mayPass, comparison });
  }
  const found = content.keys.map((key, at) => nameKey(key, at)).join(', ') || 'no keys';
  return reportError(
    'key-not-published',
    { url, keyId, found, cached: describeAge(served) },
    {
      mayPass: stale,
      comparison: [
        { label: 'key that signs', value: keyId },
        { label: 'published', value: found },
      ],
    },
  );
}

/** Finds what keeps Entra ID from verifying signatures with a key. */
function findKeyFault(url: string, key: PublishedKey, keyId: string): Finding | undefined {
  if (key.kty !== 'RSA') return reportError('jwks-key-not-rsa', { url, keyId, found: String(key.kty) });
  if (key.use !== undefined && key.use !== 'sig')
    return reportError('jwks-key-not-for-signing', { url, keyId, found: String(key.use) });
  return computePublishedKeyId(key) === undefined
    ? reportError('jwks-key-malformed', { url, keyId })
    : undefined;
}

function remarkDuplicates(url: string, keys: readonly PublishedKey[]): readonly Finding[] {
  const counts = new Map<string, number>();
  for (const key of keys) {
    const keyId = getKeyId(key);
    if (keyId !== undefined) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([keyId, count]) => reportRemark('jwks-key-twice', { url, keyId, count }));
}

// One remark for each kind: a JWKS of another tool has the same oddity in every key.
function remarkOthers(
  url: string,
  keys: readonly PublishedKey[],
  signing: readonly SigningKey[],
): readonly Finding[] {
  const byCode = new Map<string, Finding & { readonly others: number }>();
  keys.forEach((key, at) => {
    const name = nameKey(key, at);
    if (signing.some(({ keyId }) => keyId === name)) return;
    const found = findKeyFault(url, key, name) ?? findIdFault(url, key, name);
    if (found === undefined) return;
    const first = byCode.get(found.code);
    byCode.set(found.code, { ...(first ?? found), severity: 'remark', others: (first?.others ?? -1) + 1 });
  });
  return [...byCode.values()].map(({ others, ...found }) =>
    others === 0
      ? found
      : { ...found, values: { ...found.values, keyId: `${found.values.keyId} and ${others} more` } },
  );
}

function findIdFault(url: string, key: PublishedKey, keyId: string): Finding | undefined {
  if (getKeyId(key) === undefined) return reportRemark('jwks-key-without-id', { url, keyId });
  const expected = computePublishedKeyId(key) ?? '';
  return expected === keyId ? undefined : reportRemark('jwks-key-id-wrong', { url, expected, keyId });
}

/** Returns the key ID, or the position for a key without one: `#3`. */
function nameKey(key: PublishedKey, at: number): string {
  return getKeyId(key) ?? `#${at + 1}`;
}
