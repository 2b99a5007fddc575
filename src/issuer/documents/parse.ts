import * as v from 'valibot';
import { IssuerVerificationError, reportError } from './finding.ts';
import type { ServedDocument } from './read.ts';

// What else is in a discovery document is judged, not parsed.
const discoverySchema = v.looseObject({ issuer: v.string(), jwks_uri: v.string() });

const keySetSchema = v.looseObject({ keys: v.array(v.looseObject({})) });

/** The fields of a discovery document that Entra ID reads. Others are kept. */
export type Discovery = v.InferOutput<typeof discoverySchema>;

/** A key of a published JWKS. Any tool may have published it, so its fields may be anything. */
export type PublishedKey = v.InferOutput<typeof keySetSchema>['keys'][number];

export type KeySet = v.InferOutput<typeof keySetSchema>;

/** What a document contains, and how it was served. */
export interface Parsed<T> {
  readonly served: ServedDocument;
  readonly content: T;
}

/** Parses a discovery document. Throws IssuerVerificationError. */
export function parseDiscovery(served: ServedDocument): Parsed<Discovery> {
  const { output, success, issues } = v.safeParse(discoverySchema, parseObject(served));
  if (success) return { served, content: output };
  const [{ path, expected, received }] = issues;
  throw new IssuerVerificationError(
    reportError('discovery-field-missing', {
      url: served.url,
      field: path?.map(({ key }) => key).join('.') ?? '',
      expected: `a ${expected}`,
      found: received === 'undefined' ? 'nothing' : received,
    }),
  );
}

/** Finds the issuer in the text of a discovery document, even if the document is damaged otherwise. */
export function findIssuer(text: string): string | undefined {
  const schema = v.pipe(v.string(), v.parseJson(), v.object({ issuer: v.string() }));
  const result = v.safeParse(schema, text);
  return result.success ? result.output.issuer : undefined;
}

/** Parses a JWKS. Throws IssuerVerificationError. */
export function parseKeySet(served: ServedDocument): Parsed<KeySet> {
  const { output, success, issues } = v.safeParse(keySetSchema, parseObject(served));
  if (success) return { served, content: output };
  const [{ path, received }] = issues;
  const problem =
    path?.length === 1
      ? `expected \`keys\` to be a list, found ${received === 'undefined' ? 'nothing' : received}`
      : `expected every entry of \`keys\` to be an object, found ${received}`;
  throw new IssuerVerificationError(reportError('jwks-malformed', { url: served.url, problem }));
}

/** Returns the key ID of a published key; undefined if it is missing or empty. */
export function getKeyId({ kid }: PublishedKey): string | undefined {
  return typeof kid === 'string' && kid !== '' ? kid : undefined;
}

function parseObject({ url, text, contentType }: ServedDocument): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Reported below, as any other value is.
  }
  const isPage = contentType?.includes('html') || /^\s*<(!doctype|html)/i.test(text);
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const found = isPage ? 'an HTML page' : `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
  throw new IssuerVerificationError(reportError('document-not-json', { url, found }));
}
