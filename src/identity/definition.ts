import { azureInputs } from '../azure/definition.ts';
import { parseIssuerUrl } from '../issuer/definition.ts';
import { clusterInputs, parseServiceAccount } from '../kubernetes/definition.ts';
import { choice, defineAction, duration, flag, input, lines, text } from '../runtime/index.ts';
import { parseAudience } from './credentials/credential.ts';
import { parseOwner } from './objects/mark.ts';
import { parseRoleLine } from './roles/roles.ts';

/** federate-app: the identity in Entra ID, its federated credentials and roles, and the service accounts that use it. */
export const definition = defineAction({
  name: 'federate-app',
  title: 'Federate an Entra application with Kubernetes',
  description:
    'Creates or updates an application or a managed identity in Entra ID for workloads of a Kubernetes cluster: federated credentials, role assignments and annotated service accounts. A second run changes nothing.',
  branding: { icon: 'user-check', color: 'purple' },
  inputs: {
    identity: choice({
      description:
        'Kind of identity that the workloads sign in as: `application` or (user-assigned) `managed-identity`.',
      options: ['application', 'managed-identity'],
      default: 'application',
    }),
    name: text({
      description:
        'Name of the identity, which is created if it does not exist. The name of an application is its `uniqueName`, not its display name. Required unless `client-id` is set.',
    }),
    'client-id': text({
      description:
        'Client ID of an existing identity, instead of `name`. The identity itself is not changed.',
    }),
    'display-name': text({ description: 'Display name of the application. Defaults to `name`.' }),
    'identifier-uris': lines({
      description:
        'Application ID URIs to add, one per line. None by default, because federation does not need any. Most tenants accept only `api://<tenant ID>/<name>`, `api://<client ID>` and URIs with a verified domain.',
    }),
    'deleted-application': choice({
      description:
        'What to do if a deleted application holds the name: `fail`, `restore` it, or `purge` it permanently.',
      options: ['fail', 'restore', 'purge'],
      default: 'fail',
    }),
    'resource-group': text({
      description: 'Resource group of the managed identity. Required with `identity: managed-identity`.',
    }),
    location: text({
      description: 'Azure region of a new managed identity. Defaults to the region of `resource-group`.',
    }),
    'issuer-url': input(
      {
        description:
          'Issuer URL of the cluster, exactly as in its tokens, including a slash at the end if there is one.',
        required: true,
      },
      parseIssuerUrl,
    ),
    'service-accounts': lines(
      {
        description:
          'Service accounts that may use the identity, as `namespace/name`, one per line. Required.',
      },
      parseServiceAccount,
    ),
    audience: input(
      {
        description:
          'Audience of the tokens to exchange. Defaults to that of the cloud, for example, `api://AzureADTokenExchange` in the public cloud.',
      },
      parseAudience,
    ),
    'prune-credentials': choice({
      description:
        'Which unused federated credentials that this action created earlier for the same `owner` to delete: `none`, those with the `same-issuer`, or those with `any-issuer`.',
      options: ['none', 'same-issuer', 'any-issuer'],
      default: 'none',
    }),
    owner: input(
      {
        description:
          'Owner that the created objects are marked with, for example, `octo/app`. Defaults to the repository.',
      },
      parseOwner,
    ),
    'role-assignments': lines(
      {
        description:
          'Roles to assign to the identity, as `role @ scope`, one per line. The role is a name or a GUID. The scope is `subscription`, `resource-group/<name>`, `key-vault/<name>` or a resource ID.',
      },
      parseRoleLine,
    ),
    'key-vault': text({
      description:
        'Key vault whose secrets the identity may read, with the role Key Vault Secrets User: its name, URL or resource ID.',
    }),
    annotate: flag({
      description:
        'Whether to create namespaces and service accounts in the cluster, and to annotate them with client ID and tenant ID. With `false`, no cluster is needed.',
      default: 'true',
    }),
    'token-expiration': duration({
      description:
        'Lifetime of the tokens of annotated service accounts, from `1h` to `24h`. Defaults to that of the webhook, one hour.',
    }),
    'on-exit': choice({
      description:
        'Whether the post step should `keep` or `remove` the created federated credentials, role assignments and identity. It only deletes objects that this action marked with the same `owner`.',
      options: ['keep', 'remove'],
      default: 'keep',
    }),
    'sweep-older-than': duration({
      description:
        'Also delete resources left behind by cancelled jobs that used `on-exit: remove` and started longer ago than this, for example, `24h` (minimum `6h`). By default, nothing is deleted.',
    }),
    plan: flag({
      description: 'Whether to only show the changes, without writing anything to Azure or the cluster.',
      default: 'false',
    }),
    'bicep-directory': text({
      description:
        'Directory to write the desired state to as Bicep files, with the Microsoft Graph extension. With `plan: true`, an administrator can deploy them if the job may not write to Entra ID.',
    }),
    ...azureInputs,
    ...clusterInputs,
  },
  outputs: {
    'bicep-file': { description: 'Path of `main.bicep`, if `bicep-directory` is set.' },
    'client-id': { description: 'Client ID of the identity.' },
    'tenant-id': { description: 'Tenant ID of the identity.' },
    'object-id': { description: 'Object ID of the application, or resource ID of the managed identity.' },
    'principal-id': {
      description: 'Object ID of the service principal, which roles are assigned to.',
    },
    'federated-credentials': {
      description:
        'Federated credentials of the service accounts, as JSON: `[{name, issuer, subject, audience, serviceAccount}]`.',
    },
    changes: {
      description:
        'All objects of the desired state with the change that was made, or planned with `plan`, as JSON: `[{kind, name, action, differences, note}]`. Actions are `create`, `update`, `delete`, `adopt` and `unchanged`.',
    },
  },
});
