import { defineErrors } from './entry.ts';

export const issuerErrors = defineErrors({
  'issuer-conflict': {
    message:
      'failed to publish the issuer {issuerUrl}: expected `{field}` to be "{expected}" in the discovery document of {store}, found "{found}"',
    hint: 'To use the issuer that is already published, with or without its trailing slash, set:\n  issuer-url: {published}\nOtherwise, choose another `container` or `path`, or delete the document. Clusters and credentials may rely on it.',
    means: 'Another issuer is published in this place, or this one is spelled differently.',
  },
  'issuer-url-missing': {
    message: 'failed to publish the issuer: its URL is unknown',
    hint: 'Set `issuer-url` to the URL at which the documents are served. For a static website, set `resource-group` instead, or read the address with:\n  az storage account show --name ACCOUNT --query primaryEndpoints.web',
    means:
      'The address at which a folder will be served is unknown. The address of a static website contains a zone that only Azure knows.',
  },
  'jwks-unreadable': {
    message: 'failed to read the JWKS in {store}: {problem}',
    hint: 'Inspect the document. If nothing relies on it, delete it and run publish-issuer again.',
    means: 'publish-issuer does not overwrite a JWKS that it cannot read, because keys could be lost.',
  },
  'last-live-key': {
    message: 'failed to {action}: no key would be left that a cluster signs with',
    hint: 'Publish the new key with `public-key-file` first, switch the cluster to it, and then retire the old key.',
    means: 'The last key cannot be retired, and a staged key does not count.',
  },
  'issuer-contended': {
    fault: 'service',
    message: 'failed to write to {store}: other jobs kept updating it for {seconds} s',
    hint: 'Run the job again. Nothing was changed.',
    means: 'Many jobs write at the same time.',
  },
  'issuer-folder-unusable': {
    message: 'failed to {action}: {problem}',
    hint: 'Set `path` to a folder that this job can write to.',
  },
});
