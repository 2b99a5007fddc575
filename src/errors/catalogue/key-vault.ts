import { defineErrors } from './entry.ts';

export const keyVaultErrors = defineErrors({
  'vault-role-missing': {
    message: 'the identity has no role that allows it to read secrets of the key vault ({found})',
    hint: 'Assign the role "Key Vault Secrets User" to the identity on the vault, for example, with `key-vault` of federate-app.',
    sees: ['HTTP 403 ForbiddenByRbac', 'Caller is not authorized to perform action on resource'],
  },
  'vault-role-not-yet': {
    fault: 'service',
    message: 'the role {roles} of the identity has not taken effect within {seconds} s',
    hint: 'Role assignments can take up to ten minutes to take effect. Run the job again, or raise `timeout`.',
    means: 'The vault answers as if the role were missing, but the role assignment exists.',
    sees: ['HTTP 403 ForbiddenByRbac', 'Caller is not authorized to perform action on resource'],
  },
  'vault-access-policy-missing': {
    message: 'the key vault uses access policies, and none allows the identity to read secrets',
    hint: 'Switch the vault to role-based access:\n  az keyvault update --name <vault> --enable-rbac-authorization true\nOr add an access policy:\n  az keyvault set-policy --name <vault> --secret-permissions get --object-id <object ID of the identity>',
    sees: [
      'HTTP 403 AccessDenied',
      'HTTP 403 ForbiddenByPolicy',
      'does not have secrets get permission on key vault',
    ],
  },
  'vault-public-access-off': {
    message: 'the key vault is closed to the public internet',
    hint: 'Run the job in a network with a private endpoint of the vault, or allow public access:\n  az keyvault update --name <vault> --public-network-access Enabled\nIf only the pod can reach the vault, leave `key-vault-read` out of `checks`.',
    sees: ['HTTP 403 ForbiddenByConnection', 'Public network access is disabled'],
  },
  'vault-firewall': {
    message: 'the firewall of the key vault blocks this runner',
    hint: 'Allow the network of the runner in the firewall of the vault. If only the pod may reach the vault, leave `key-vault-read` out of `checks`.',
    sees: ['HTTP 403 ForbiddenByFirewall', 'Client address is not authorized'],
  },
  'vault-of-another-tenant': {
    message: 'the key vault belongs to a different tenant than the identity',
    hint: 'Use a key vault and an identity of the same tenant.',
    sees: ['HTTP 401 AKV10032: Invalid issuer'],
  },
  'vault-of-another-cloud': {
    message: 'the key vault belongs to a different cloud than `azure-environment` names',
    hint: 'Set `azure-environment` to the cloud of the key vault.',
    sees: ['does not match the requested domain'],
  },
  'secret-missing': {
    message: 'the key vault has no secret named {secret}',
    hint: 'Correct `secret-name`, or create the secret:\n  az keyvault secret set --vault-name <vault> --name {secret} --value <value>',
    means: 'The identity may read the vault, so every earlier link is correct.',
    sees: ['HTTP 404 SecretNotFound'],
  },
  'secret-disabled': {
    message: 'the secret {secret} is disabled',
    hint: 'Enable it:\n  az keyvault secret set-attributes --vault-name <vault> --name {secret} --enabled true',
    sees: ['Operation get is not allowed on a disabled secret'],
  },
  'vault-unknown': {
    message: 'the key vault {vault} does not exist: its host name cannot be resolved',
    hint: 'Correct the name of the vault in `key-vault-url`.',
    sees: ['getaddrinfo ENOTFOUND'],
  },
  'vault-unreachable': {
    message: 'failed to connect to the key vault {vault}',
    hint: 'Check `key-vault-url`, and whether a firewall or proxy blocks the connection.',
  },
  'vault-busy': {
    fault: 'service',
    message: 'the key vault is throttled or unavailable',
    hint: 'Run the job again later. https://status.azure.com lists outages.',
    means: 'The vault kept rejecting requests until `timeout` expired.',
    sees: ['HTTP 429', 'HTTP 5xx'],
  },
  'vault-refused': {
    message: 'the key vault rejected the request with HTTP {status}',
    hint: 'See the answer of the vault, which is quoted.',
  },
});
