import { azureInputs } from '../azure/definition.ts';
import { choice, defineAction, duration, flag, input, lines, text } from '../runtime/index.ts';
import { parseContainer, parseIssuerUrl, parseStorageAccount } from './address.ts';

/** What publish-issuer declares. */
export const definition = defineAction({
  name: 'publish-issuer',
  title: 'Publish the documents of a Kubernetes OIDC issuer',
  description:
    'Puts the discovery document and the JWKS of a Kubernetes cluster where Entra ID can read them, adds and retires keys without losing one, and reads both back as a stranger would.',
  branding: { icon: 'upload-cloud', color: 'blue' },
  inputs: {
    'public-key-file': lines({
      description:
        'PEM files of the public keys that clusters sign with, one a line. They are added to the keys that are published already.',
    }),
    'staged-public-key-file': lines({
      description:
        'PEM files of public keys to publish ahead of time, one a line: no cluster signs with them yet. The first half of a rotation.',
    }),
    'retire-key-ids': lines({
      description:
        'Key ids to take out, one a line: tokens that they signed are no longer accepted. The second half of a rotation.',
    }),
    storage: choice({
      description:
        'What holds the documents: `azure-blob` (a public container), `azure-static-website` (works where policy forbids public containers), `directory` (for GitHub Pages or any web server), `none` (somebody else publishes; they are only checked).',
      options: ['azure-blob', 'azure-static-website', 'directory', 'none'],
      default: 'azure-blob',
    }),
    'storage-account': input(
      { description: 'Name of the storage account; needed with the two azure stores.' },
      parseStorageAccount,
    ),
    container: input(
      { description: 'Name of the blob container (azure-blob).', default: 'oidc' },
      parseContainer,
    ),
    path: text({
      description:
        'Folder of the documents: with `directory` on this machine, relative to the workspace; with the azure stores a prefix inside the container, default none.',
    }),
    'resource-group': text({
      description:
        'Resource group of the storage account. With it account and container are checked, or created, through Azure Resource Manager; without it the job only needs to be allowed to write blobs.',
    }),
    location: text({ description: "Region of a new storage account. Default: its resource group's." }),
    'create-storage-account': flag({
      description: 'Whether a storage account that is absent is created in resource-group.',
      default: 'true',
    }),
    'storage-account-key': text({
      description:
        "Key of the storage account, instead of the job's own sign-in. Better: leave it out and shared keys off.",
      secret: true,
    }),
    'storage-connection-string': text({
      description: "Connection string of the storage account, instead of the job's own sign-in.",
      secret: true,
    }),
    'issuer-url': input(
      {
        description:
          'The issuer, byte for byte as tokens and federated credentials have it; needed with `directory` and `none`. Default: the address of the store, as an existing discovery document there spells it, else with a slash at its end.',
      },
      parseIssuerUrl,
    ),
    'prune-after': duration({
      description:
        'How long the keys of this run are needed (`6h`). Any later publisher takes keys out whose time is over; publishing a key again prolongs it. Default: until they are retired.',
    }),
    'on-exit': choice({
      description:
        'What the post step does: `keep` the keys, or `retire` those that this run added, so that many jobs can share one issuer.',
      options: ['keep', 'retire'],
      default: 'keep',
    }),
    'propagation-timeout': duration({
      description:
        'Longest wait for a role assignment or public access to take effect and for the documents to appear. Role assignments can take ten minutes.',
      default: '5m',
    }),
    ...azureInputs,
  },
  outputs: {
    'issuer-url': {
      description: 'The issuer, byte for byte as it must be in the cluster and in federated credentials.',
    },
    'discovery-url': { description: 'URL of the discovery document.' },
    'jwks-url': { description: 'URL of the JWKS.' },
    'key-ids': { description: 'Ids of all published keys as JSON, in the order of the JWKS.' },
    changed: {
      description: '`true` when something was written, `false` when everything was as it should be.',
    },
  },
});
