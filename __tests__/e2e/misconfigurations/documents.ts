import { type Misconfiguration, withInput } from './world.ts';

const publish = /publish-issuer/;
const discovery = 'openid-configuration';

/** Misconfigurations of the discovery document: missing, not public, of another issuer, wrong in a field. */
export const discoveryRows: readonly Misconfiguration[] = [
  {
    what: 'issuer-url lacks the slash at its end',
    how: withInput('issuer-url', (url) => url.replace(/\/$/, '')),
    at: 'discovery-document',
    code: 'published-issuer-differs',
    advice: /byte by byte/,
  },
  {
    what: 'issuer-url differs from the published issuer in case',
    how: async (world) => {
      await world.document((fields) => ({
        ...fields,
        issuer: String(fields.issuer).replace('/oidc/', '/OIDC/'),
      }));
      return undefined;
    },
    at: 'discovery-document',
    code: 'published-issuer-differs',
    advice: /output `issuer-url` of publish-issuer/,
  },
  {
    what: 'issuer-url names another container',
    how: withInput('issuer-url', (url) => url.replace('/oidc/', '/other/')),
    at: 'discovery-document',
    code: 'storage-container-private',
    advice: publish,
  },
  {
    what: 'the documents were never published',
    how: (world) =>
      world.answer({
        service: 'blob',
        path: discovery,
        status: 404,
        body: '<?xml version="1.0"?><Error><Code>BlobNotFound</Code></Error>',
      }),
    at: 'discovery-document',
    code: 'document-missing',
    advice: publish,
  },
  {
    what: 'the storage account forbids anonymous reads',
    how: (world) => world.forbidAnonymousReads(),
    at: 'discovery-document',
    code: 'public-access-forbidden',
    advice: /allow-blob-public-access true|azure-static-website/,
  },
  {
    what: 'the firewall of the storage account blocks anonymous clients',
    how: (world) =>
      world.answer({
        service: 'blob',
        path: discovery,
        status: 403,
        body: '<?xml version="1.0"?><Error><Code>AuthorizationFailure</Code></Error>',
      }),
    at: 'discovery-document',
    code: 'issuer-firewalled',
    advice: /all networks/,
  },
  {
    what: 'the host of the issuer does not exist',
    how: () => ({ 'issuer-url': 'https://missing.invalid/oidc/' }),
    at: 'discovery-document',
    code: 'document-host-unknown',
    advice: /host in `issuer-url`/,
  },
  {
    what: 'nothing listens at the address of the issuer',
    how: () => ({ 'issuer-url': 'https://127.0.0.1:2/oidc/' }),
    at: 'discovery-document',
    code: 'issuer-unreachable',
    advice: /port in `issuer-url`/,
  },
  {
    what: 'a web page is served instead of the document',
    how: (world) =>
      world.answer({
        service: 'blob',
        path: discovery,
        status: 200,
        body: '<!doctype html><title>Hi</title>',
      }),
    at: 'discovery-document',
    code: 'document-not-json',
    advice: publish,
  },
  {
    what: 'the document does not name an issuer',
    how: (world) => world.document(({ issuer: _, ...rest }) => rest),
    at: 'discovery-document',
    code: 'discovery-field-missing',
    advice: publish,
  },
  {
    what: 'the document does not name a jwks_uri',
    how: (world) => world.document(({ jwks_uri: _, ...rest }) => rest),
    at: 'discovery-document',
    code: 'discovery-field-missing',
    advice: publish,
  },
  {
    what: 'the document was copied from a cluster, and its jwks_uri does not use https',
    how: (world) =>
      world.document((fields) => ({ ...fields, jwks_uri: 'http://10.0.0.1:6443/openid/v1/jwks' })),
    at: 'discovery-document',
    code: 'jwks-uri-invalid',
    advice: publish,
  },
  {
    what: 'the document offers ES256 only',
    how: (world) =>
      world.document((fields) => ({ ...fields, id_token_signing_alg_values_supported: ['ES256'] })),
    at: 'discovery-document',
    code: 'algorithm-unsupported',
    advice: publish,
  },
  {
    what: 'the document has an empty list of subject types',
    how: (world) => world.document((fields) => ({ ...fields, subject_types_supported: [] })),
    at: 'discovery-document',
    code: 'discovery-field-empty',
    advice: /Remove `subject_types_supported`/,
  },
];
