import { defineErrors } from './entry.ts';

/** What can be wrong with the documents of an issuer. publish-issuer and verify-pod share these; some are only remarks. */
export const documentsErrors = defineErrors({
  'document-missing': {
    message: 'failed to verify {url}: the document does not exist ({answer})',
    hint: 'Run publish-issuer, or copy the folder of `storage: directory` to the web server. Check the host, container and path of `issuer-url`.',
    means: 'Nothing is published at this address.',
    sees: ['HTTP 404 BlobNotFound', 'HTTP 404 WebContentNotFound', 'HTTP 404'],
  },
  'storage-container-private': {
    message: 'failed to verify {url}: the container is private or does not exist ({answer})',
    hint: 'Set `resource-group`, so that publish-issuer creates the container and makes it public, or run:\n  az storage container set-permission --name CONTAINER --account-name ACCOUNT --public-access blob',
    means: 'Azure Storage does not tell anonymous clients whether a private container exists.',
    sees: ['HTTP 404 ResourceNotFound'],
  },
  'issuer-firewalled': {
    message: 'failed to verify {url}: the network rules of the storage account reject the request ({answer})',
    hint: 'Entra ID reads the documents from the internet. Allow all networks:\n  az storage account update --name ACCOUNT --default-action Allow --public-network-access Enabled',
    sees: ['HTTP 403 AuthorizationFailure'],
  },
  'issuer-not-public': {
    message: 'failed to verify {url}: the host rejects anonymous clients ({answer})',
    hint: 'Serve the two documents without sign-in and to all networks. They contain public keys only.',
    means: 'The documents are behind a sign-in, a firewall or a network rule.',
    sees: ['HTTP 401', 'HTTP 403'],
  },
  'issuer-redirects': {
    message: 'failed to verify {url}: the host redirects to {location} ({answer})',
    hint: 'Serve the document itself at this address, without a redirect or a sign-in page. On GitHub Pages, use the address that the site redirects to as `issuer-url`.',
    means: 'Entra ID is not documented to follow redirects.',
    sees: ['HTTP 301', 'HTTP 302', 'HTTP 307', 'HTTP 308'],
  },
  'issuer-tls-invalid': {
    message: 'failed to verify {url}: {problem}',
    hint: 'Serve the documents with a certificate of a public CA for exactly this host name. Entra ID trusts no other certificates.',
    means: 'The certificate has expired, is self-signed, is signed by a private CA, or is for another name.',
    sees: ['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  },
  'document-host-unknown': {
    message: 'failed to verify {url}: the host name `{host}` does not exist in DNS',
    hint: 'Check the host in `issuer-url`, or the spelling of `storage-account`.',
    means: 'The name is misspelled, or the storage account is only seconds old.',
    sees: ['getaddrinfo ENOTFOUND'],
  },
  'issuer-unreachable': {
    message: 'failed to verify {url}: {problem}',
    hint: 'Start the server, open it to the internet, or correct the host and port in `issuer-url`. Entra ID must be able to reach this address.',
    means: 'The server is down, or a firewall blocks it.',
    sees: ['ECONNREFUSED', 'ECONNRESET', 'no complete answer within 15 s'],
  },
  'issuer-unavailable': {
    fault: 'service',
    message: 'failed to verify {url}: the host is unavailable ({answer})',
    hint: 'Run the job again later.',
    sees: ['HTTP 429', 'HTTP 500', 'HTTP 503'],
  },
  'document-refused': {
    message: 'failed to verify {url}: expected HTTP 200, found {answer}',
    hint: 'Open the address in a browser. It must return HTTP 200 with the JSON document.',
    means: 'The host returned a status that is neither the document nor a known refusal.',
  },
  'document-too-large': {
    message: 'failed to verify {url}: the document is larger than {limit}',
    hint: 'Serve the JSON document at this address. A key set of 100 keys is smaller than 100 KB.',
  },
  'document-not-json': {
    message: 'failed to verify {url}: expected a JSON object, found {found}',
    hint: 'Serve the document itself: a sign-in page, an error page or a single-page application answers in its place. If the document is damaged, delete it and run publish-issuer again.',
    sees: ['expected a JSON object, found an HTML page'],
  },
  'document-content-type': {
    message: '{url} is served as "{contentType}", not as application/json',
    hint: 'Serve both documents as application/json. Entra ID reads other content types, but some verifiers do not.',
    means: 'A remark. Entra ID reads the document, other verifiers may not.',
  },
  'discovery-field-missing': {
    message: 'failed to verify {url}: expected `{field}` to be {expected}, found {found}',
    hint: 'Delete the document and run publish-issuer again.',
    means: 'The discovery document is incomplete. It is only a remark for lists that Entra ID does not read.',
    sees: ['AADSTS70024'],
  },
  'discovery-field-empty': {
    message: 'failed to verify {url}: `{field}` is empty',
    hint: 'Remove `{field}` from the document, or delete the document and run publish-issuer again. Entra ID rejects empty fields.',
    means:
      'Entra ID rejects discovery documents that have an empty field, although it accepts those without the field.',
    sees: ['AADSTS501661'],
  },
  'algorithm-unsupported': {
    message: 'failed to verify {url}: expected RS256 among the signing algorithms, found {found}',
    hint: 'Run publish-issuer, which publishes RS256. If the cluster signs with another algorithm, start it with a key of generate-keys.',
    means: 'Entra ID verifies RS256 signatures only.',
  },
  'published-issuer-differs': {
    message: 'failed to verify {url}: expected issuer "{expected}", found "{found}"{cached}',
    hint: 'Set `issuer-url` to the output `issuer-url` of publish-issuer, or publish the documents with this `issuer-url`. Entra ID compares issuers byte by byte, including a trailing slash. Behind a CDN, purge its cache.',
    means:
      'The published document belongs to another issuer. Often only the trailing slash differs; sometimes a cache returns an old document.',
  },
  'jwks-uri-invalid': {
    message: 'failed to verify {url}: {problem}',
    hint: "Set `jwks_uri` to {expected}: run publish-issuer instead of copying the cluster's own document.",
    means:
      "`jwks_uri` is not an https URL, or has a double slash. A cluster's own document contains an internal address.",
  },
  'jwks-url-mismatch': {
    message: 'failed to verify {url}: expected `jwks_uri` to be {expected}, found {found}',
    hint: 'For a cluster, set `jwks-url` of start-minikube to the output `jwks-url` of publish-issuer (kube-apiserver flag --service-account-jwks-uri). For published documents, run publish-issuer again, and purge the cache of a CDN.',
    means:
      "The document names another key set than the one that is published. A cluster's own document names an internal address by default.",
  },
  'jwks-other-origin': {
    message: '{url} refers to a JWKS on another origin: {found}',
    hint: 'Make sure that both hosts stay reachable from the internet, or serve both documents on one host.',
    means: 'A remark. Entra ID reads the JWKS from another host as well.',
  },
  'jwks-malformed': {
    message: 'failed to verify {url}: {problem}',
    hint: 'Delete the document and run publish-issuer again.',
    means: 'The document is not a JWKS.',
    sees: ['AADSTS900612: Failed to parse provider signing keys'],
  },
  'jwks-empty': {
    message: 'failed to verify {url}: the JWKS contains no keys',
    hint: 'Run publish-issuer with the public key of the cluster. Behind a CDN, purge its cache.',
  },
  'key-not-published': {
    message: 'failed to verify {url}: the key `{keyId}` is missing{cached}; found {found}',
    hint: 'Add the public key of the cluster to `public-key-file` of publish-issuer, or start the cluster with a published key: Entra ID rejects tokens of other keys (AADSTS7000272). Behind a CDN, purge its cache.',
    means:
      'The cluster signs with a key that is not published. Entra ID rejects its tokens with AADSTS7000272.',
    sees: ['AADSTS7000272'],
  },
  'key-still-published': {
    message: 'failed to verify {url}: the retired key `{keyId}` is still published{cached}',
    hint: 'Wait until caches have expired, or purge the cache of the CDN.',
    means: 'A cache returns the previous JWKS.',
  },
  'key-differs': {
    message: 'failed to verify {url}: another key is published under the key ID `{keyId}`',
    hint: 'Run publish-issuer with the public key of the cluster. It corrects the entry.',
    means: 'The JWKS was edited, or written by another tool. Entra ID rejects the tokens with AADSTS7000274.',
  },
  'private-key-published': {
    message: 'failed to verify {url}: the private key `{keyId}` is published',
    hint: 'Remove the key with `retire-key-ids` of publish-issuer or delete the document. Generate a new key pair, start the cluster with it, and publish its public key. The old key is compromised.',
    means: 'The JWKS contains private fields of a key, which anyone on the internet can read.',
  },
  'jwks-key-not-rsa': {
    message: 'failed to verify {url}: expected an RSA key, found type {found} for the key `{keyId}`',
    hint: 'Publish an RSA key with publish-issuer. Entra ID verifies RS256 signatures only.',
    means: 'An error for the key that signs, a remark for others, which Entra ID ignores.',
  },
  'jwks-key-not-for-signing': {
    message: 'failed to verify {url}: expected the key `{keyId}` to be for signatures, found `use: {found}`',
    hint: 'Publish the key with publish-issuer, which sets `use: sig`.',
    means: 'An error for the key that signs, a remark for others.',
  },
  'jwks-key-malformed': {
    message: 'failed to verify {url}: the key `{keyId}` has no readable modulus and exponent',
    hint: 'Publish the key with publish-issuer.',
    means: 'An error for the key that signs, a remark for others.',
  },
  'jwks-key-without-id': {
    message: 'failed to verify {url}: the key `{keyId}` is published without its key ID (`kid`)',
    hint: 'Publish the key with publish-issuer. Entra ID finds a key by the key ID in the token.',
    means: 'An error for the key that signs, a remark for others.',
  },
  'jwks-key-id-wrong': {
    message: 'failed to verify {url}: expected the key ID `{expected}`, found `{keyId}`',
    hint: 'Publish the key with publish-issuer or `azwi jwks`. A JOSE library computes another kind of key ID.',
    means:
      'Kubernetes uses the SHA-256 hash of the public key (SPKI) as key ID, not the thumbprint of RFC 7638. An error for the key that signs, a remark for others.',
  },
  'jwks-key-twice': {
    message: '{url} contains the key `{keyId}` {count} times',
    hint: 'Remove the duplicates: publish-issuer does so on its next change.',
    means: 'A remark. The entries are equal.',
  },
  'too-many-keys': {
    message: 'failed to {action}: expected at most {limit} keys in the JWKS, found {found}',
    hint: 'Remove old keys with `retire-key-ids` of publish-issuer. In jobs, set `on-exit: retire` and `prune-after: 6h`.',
    means:
      'Entra ID reads the first 100 keys of a JWKS. It is a remark while the key that signs is among them.',
  },
});
