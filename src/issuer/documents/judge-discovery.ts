import { documentUrl } from '../address.ts';
import { type Finding, reportError, reportRemark } from './finding.ts';
import type { Discovery, Parsed } from './parse.ts';
import { describeAge, judgeContentType } from './read.ts';

/** What a discovery document must contain. */
export interface ExpectedDiscovery {
  readonly issuerUrl: string;
  /** The one URL that `jwks_uri` may be. If undefined, any https URL is accepted. */
  readonly jwksUrl: string | undefined;
}

/** The lists that a discovery document should have. */
export const listFields = [
  'response_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
] as const;

const aList = { expected: 'a list' };

type Assertion = (document: Parsed<Discovery>, expected: ExpectedDiscovery) => readonly Finding[];

/** Judges a discovery document. Returns findings in the order in which they should be fixed. */
export function judgeDiscovery(document: Parsed<Discovery>, expected: ExpectedDiscovery): readonly Finding[] {
  return assertions.flatMap((assertion) => assertion(document, expected));
}

const assertions: readonly Assertion[] = [
  ({ served, content }, { issuerUrl }) => {
    if (content.issuer === issuerUrl) return [];
    const { url, cachedSeconds } = served;
    const cached = describeAge(served);
    return [
      reportError(
        'published-issuer-differs',
        { url, expected: issuerUrl, found: content.issuer, cached },
        {
          mayPass: cachedSeconds === undefined ? undefined : { what: 'a cache to expire' },
          comparison: [
            { label: 'issuer in the document', value: content.issuer },
            { label: 'issuer-url', value: issuerUrl },
          ],
        },
      ),
    ];
  },
  ({ served: { url }, content: { jwks_uri: found } }, { issuerUrl, jwksUrl }) => {
    const problem = explainUrl(found);
    if (problem !== undefined)
      return [
        reportError('jwks-uri-invalid', {
          url,
          problem,
          expected: jwksUrl ?? documentUrl(issuerUrl, 'jwks'),
        }),
      ];
    if (jwksUrl !== undefined)
      return found === jwksUrl ? [] : [reportError('jwks-url-mismatch', { url, expected: jwksUrl, found })];
    return new URL(found).origin === new URL(issuerUrl).origin
      ? []
      : [reportRemark('jwks-other-origin', { url, found })];
  },
  // Entra ID has answered AADSTS501661 to documents with empty fields, and accepts those without the fields.
  ({ served: { url }, content }) =>
    ['authorization_endpoint', ...listFields]
      .filter((field) => content[field] === '' || isEmptyList(content[field]))
      .map((field) => reportError('discovery-field-empty', { url, field })),
  ({ served: { url }, content }) =>
    listFields
      .filter((field) => !Array.isArray(content[field] ?? []))
      .map((field) =>
        reportError('discovery-field-missing', { url, field, ...aList, found: `a ${typeof content[field]}` }),
      ),
  ({ served: { url }, content: { id_token_signing_alg_values_supported: algorithms } }) =>
    !Array.isArray(algorithms) || algorithms.length === 0 || algorithms.includes('RS256')
      ? []
      : [reportError('algorithm-unsupported', { url, found: algorithms.join(', ') })],
  ({ served: { url }, content }) =>
    listFields
      .filter((field) => content[field] === undefined)
      .map((field) => reportRemark('discovery-field-missing', { url, field, ...aList, found: 'nothing' })),
  ({ served }) => judgeContentType(served),
];

function explainUrl(found: string): string | undefined {
  const parsed = URL.canParse(found) ? new URL(found) : undefined;
  if (parsed?.protocol !== 'https:') return `expected \`jwks_uri\` to be an https URL, found "${found}"`;
  return parsed.pathname.includes('//') ? `\`jwks_uri\` ${found} has a double slash` : undefined;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
