import { azureInputs } from '../azure/definition.ts';
import { parseIssuerUrl } from '../issuer/definition.ts';
import { clusterInputs, parseServiceAccount } from '../kubernetes/definition.ts';
import { choice, defineAction, duration, flag, input, lines, text } from '../runtime/index.ts';
import { parseAudience } from './issuer.ts';
import { parseOwner } from './objects/mark.ts';
import { parseRoleLine } from './roles/roles.ts';

/** federate-app: the identity in Entra ID, what it trusts, what it may do, and who in the cluster uses it. */
export const definition = defineAction({
  name: 'federate-app',
  title: 'Federate an Entra application with Kubernetes',
  description:
    'Brings an application or a managed identity of Entra ID to the state that workloads of a Kubernetes cluster need: federated credentials, roles, annotated service accounts. A second run changes nothing.',
  branding: { icon: 'user-check', color: 'purple' },
  inputs: {
    identity: choice({
      description: 'What the workloads sign in as: `application` or `managed-identity` (user-assigned).',
      options: ['application', 'managed-identity'],
      default: 'application',
    }),
    name: text({
      description:
        'Name of the identity, created where it is absent. An application is known by it as its `uniqueName`, never by its display name.',
    }),
    'client-id': text({
      description:
        'Client id of an existing identity, instead of a name. The identity itself is left as it is.',
    }),
    'display-name': text({ description: 'Display name of the application. Default: its name.' }),
    'identifier-uris': lines({
      description:
        'Application ID URIs, one a line. Default: `api://<name>`; `none` where the tenant does not allow such.',
    }),
    'deleted-application': choice({
      description:
        'What to do where a deleted application still holds the name: `fail`, `restore` it, or `purge` it for good.',
      options: ['fail', 'restore', 'purge'],
      default: 'fail',
    }),
    'resource-group': text({
      description: 'Resource group of the managed identity, and of a key vault that is given by name only.',
    }),
    location: text({
      description: "Region of a new managed identity. Default: its resource group's.",
    }),
    'issuer-url': input(
      {
        description: 'Issuer of the cluster, byte for byte as in its tokens: a slash at its end counts.',
        required: true,
      },
      parseIssuerUrl,
    ),
    'service-accounts': lines(
      { description: 'Service accounts that may use the identity, `namespace/name`, one a line.' },
      parseServiceAccount,
    ),
    audience: input(
      {
        description:
          'Audience of the exchanged tokens. Default: the one of the cloud, `api://AzureADTokenExchange` in the public one.',
      },
      parseAudience,
    ),
    'prune-credentials': choice({
      description:
        'Which federated credentials that this action once made for the same owner, and that are not wanted now, are removed: `none`, those of the `same-issuer`, or of `any-issuer`.',
      options: ['none', 'same-issuer', 'any-issuer'],
      default: 'none',
    }),
    owner: input(
      {
        description:
          'Whose work the created objects are marked as. Default: the repository (`GITHUB_REPOSITORY`).',
      },
      parseOwner,
    ),
    'role-assignments': lines(
      {
        description:
          'Roles for the identity, `role @ scope`, one a line. Role: a name or a GUID. Scope: `subscription`, `resource-group/<name>`, `key-vault/<name>` or a whole resource id.',
      },
      parseRoleLine,
    ),
    'key-vault': text({
      description:
        'Key vault whose secrets the identity may read (role Key Vault Secrets User): its name, its URL or its resource id.',
    }),
    annotate: flag({
      description:
        'Create namespaces and service accounts in the cluster and annotate them with client id and tenant. With `false` no cluster is needed.',
      default: 'true',
    }),
    'token-expiration': duration({
      description:
        'How long the tokens of annotated service accounts live, `1h` to `24h`. Default: what the webhook gives, one hour.',
    }),
    'on-exit': choice({
      description:
        'What the post step does with what was made here: `keep` or `remove` credentials, role assignments and the identity itself. Only what carries the mark of this action and its owner is ever removed.',
      options: ['keep', 'remove'],
      default: 'keep',
    }),
    'sweep-older-than': duration({
      description:
        'Also remove what jobs with `on-exit: remove` that were cancelled left behind, when they began longer ago than this, such as `24h`; at least `6h`. Default: nothing is swept.',
    }),
    plan: flag({ description: 'Only show what would change; nothing is written.', default: 'false' }),
    'bicep-directory': text({
      description:
        'Also write the wanted state as Bicep into this folder, with the Microsoft Graph extension: with `plan: true` for an administrator to deploy where the job may not write to Entra.',
    }),
    ...azureInputs,
    ...clusterInputs,
  },
  outputs: {
    'bicep-file': { description: 'Path of main.bicep, where bicep-directory is set.' },
    'client-id': { description: 'Client id of the identity, for the service account and the webhook.' },
    'tenant-id': { description: 'Tenant of the identity.' },
    'object-id': { description: 'Object id of the application, or resource id of the managed identity.' },
    'principal-id': { description: 'Object id of the service principal: what roles are assigned to.' },
    'federated-credentials': {
      description: 'The wanted credentials as JSON: `[{name, issuer, subject, audience, serviceAccount}]`.',
    },
    changes: {
      description:
        'What was done, or with `plan` would be done, as JSON: `[{kind, name, action, differences, note}]`; actions are `create`, `update`, `delete`, `adopt` and `unchanged`.',
    },
  },
});
