import { azureInputs } from '../azure/definition.ts';
import { choice, defineAction, duration, flag, type InputsOf, input, lines, text } from '../runtime/index.ts';
import { parseContainer, parseIssuerUrl, parseStorageAccount } from './address.ts';

export { parseIssuerUrl };

export const definition = defineAction({
  name: 'publish-issuer',
  title: 'Publish the documents of a Kubernetes OIDC issuer',
  description:
    'Publishes the discovery document and the JWKS of a Kubernetes cluster for Entra ID, and reads them back as an anonymous client. Adds and retires keys without losing any.',
  branding: { icon: 'upload-cloud', color: 'blue' },
  inputs: {
    'public-key-file': lines({
      description:
        'PEM files of the public keys that clusters sign with, one per line. Keys that are already published stay.',
    }),
    'staged-public-key-file': lines({
      description:
        'PEM files of public keys to publish ahead of a rotation, one per line. No cluster signs with them yet.',
    }),
    'retire-key-ids': lines({
      description:
        'Key IDs to remove from the JWKS, one per line. Tokens signed with these keys are rejected from then on.',
    }),
    storage: choice({
      description:
        'Storage of the documents. `azure-blob` is a public container. `azure-static-website` also works if a policy forbids public containers. `directory` is a folder for GitHub Pages or any web server. `none` only verifies documents that are published by other means.',
      options: ['azure-blob', 'azure-static-website', 'directory', 'none'],
      default: 'azure-blob',
    }),
    'storage-account': input(
      { description: 'Name of the storage account. Required with `azure-blob` and `azure-static-website`.' },
      parseStorageAccount,
    ),
    container: input(
      { description: 'Name of the blob container, with `azure-blob`.', default: 'oidc' },
      parseContainer,
    ),
    path: text({
      description:
        'With `directory`, the folder for the documents, relative to the workspace. Required with `directory`. With the Azure stores, an optional prefix inside the container.',
    }),
    'resource-group': text({
      description:
        'Resource group of the storage account. If set, the account and the container are created or checked through Azure Resource Manager. Otherwise, both must exist.',
    }),
    location: text({
      description: 'Azure region of a new storage account. Defaults to the region of `resource-group`.',
    }),
    'create-storage-account': flag({
      description: 'Whether to create the storage account in `resource-group` if it does not exist.',
      default: 'true',
    }),
    'storage-account-key': text({
      description:
        "Key of the storage account, used instead of the job's sign-in. We recommend signing in and disabling shared keys.",
      secret: true,
    }),
    'storage-connection-string': text({
      description: "Connection string of the storage account, used instead of the job's sign-in.",
      secret: true,
    }),
    'issuer-url': input(
      {
        description:
          'Issuer URL, exactly as in tokens and federated credentials. Required with `directory` and `none`. Defaults to the issuer in the existing discovery document, otherwise to the storage URL with a trailing slash.',
      },
      parseIssuerUrl,
    ),
    'prune-after': duration({
      description:
        'How long to keep the keys that this run publishes, for example, `6h`. Later runs remove expired keys. Publishing a key again extends its lifetime. By default, keys stay until they are listed in `retire-key-ids`.',
    }),
    'on-exit': choice({
      description:
        'What to do with the keys that this run added when the job ends: `keep` them, or `retire` them, so that many jobs can share one issuer.',
      options: ['keep', 'retire'],
      default: 'keep',
    }),
    'propagation-timeout': duration({
      description:
        'Maximum time to wait for role assignments and public access to take effect, and for the documents to appear. Role assignments can take ten minutes.',
      default: '5m',
    }),
    ...azureInputs,
  },
  outputs: {
    'issuer-url': {
      description: 'Issuer URL, exactly as the cluster and the federated credentials must use it.',
    },
    'discovery-url': { description: 'URL of the discovery document.' },
    'jwks-url': { description: 'URL of the JWKS.' },
    'key-ids': { description: 'Key IDs of all published keys as a JSON array, in the order of the JWKS.' },
    changed: { description: '`true` if this run changed a document, otherwise `false`.' },
  },
});

export type PublishInputs = InputsOf<typeof definition>;
