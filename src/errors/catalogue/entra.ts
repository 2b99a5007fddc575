import { defineErrors } from './entry.ts';

/** Answers of Entra ID to the token of a workload. The same numbers for the job's own sign-in are in `sign-in.ts`. */
export const entraErrors = defineErrors({
  'issuer-not-trusted': {
    message: 'failed to exchange the token: no federated credential of the identity has its issuer',
    hint: 'Set `issuer-url` of federate-app to the output `issuer-url` of publish-issuer, unchanged, and let federate-app repair the federated credential.',
    means: 'Entra ID compares the issuer byte by byte. The most frequent difference is the slash at the end.',
    sees: ['AADSTS700211: No matching federated identity record found for presented assertion issuer'],
  },
  'subject-not-trusted': {
    message:
      'failed to exchange the token: a federated credential of the identity has its issuer, but none has its subject',
    hint: 'Add the service account to `service-accounts` of federate-app, or change the service account of the pod.',
    means: 'The token belongs to another namespace or service account than the federated credential.',
    sees: ['AADSTS700213: … presented assertion subject'],
  },
  'audience-not-trusted': {
    message:
      'failed to exchange the token: a federated credential of the identity has its issuer and subject, but not its audience',
    hint: 'Remove `audience` from federate-app, and set the same `azure-environment` in every step.',
    means: 'Sovereign clouds have audiences of their own.',
    sees: ['AADSTS700212: … presented assertion audience'],
  },
  'subject-case-differs': {
    message:
      'failed to exchange the token: a federated credential of the identity differs from it only in uppercase and lowercase',
    hint: 'Let federate-app write the federated credential. Nothing else has to change.',
    sees: ['AADSTS7002138'],
  },
  'nothing-trusted': {
    message: 'failed to exchange the token: the identity lacks a federated credential that matches it',
    hint: 'Add the service account to `service-accounts` of federate-app. If the federated credential is only minutes old, set a longer `timeout` of verify-pod.',
    means:
      'Entra ID may need some minutes until every replica knows a new federated credential. It remembers a rejection that came too early for a while.',
    sees: [
      'AADSTS70021: No matching federated identity record found',
      'AADSTS70025: The client has no configured federated identity credentials',
      'AADSTS7000226: No federated identity credential policy found',
    ],
  },
  'key-not-seen': {
    message:
      'failed to exchange the token: Entra ID does not find the key that signed it among the published keys',
    hint: 'Add the public key of the cluster to `public-key-file` of publish-issuer. Publish a key before the first token that it signs; for a rotation, use `staged-public-key-file`.',
    means:
      'The key that signed the token is not published, or Entra ID still uses an older copy of the key set. It can keep that copy for some minutes, rarely for 45.',
    sees: [
      'AADSTS7000272: The certificate with identifier … used to sign the federated credential could not be found',
    ],
  },
  'signature-invalid': {
    message:
      'failed to exchange the token: Entra ID finds a key with its key ID, but this key did not sign it',
    hint: 'Run publish-issuer with the public key file of the cluster. It corrects the published key.',
    means: 'The key ID is published with another key.',
    sees: ['AADSTS7000274', 'AADSTS700027'],
  },
  'documents-not-fetched': {
    message: 'failed to exchange the token: Entra ID cannot fetch or read the published documents',
    hint: 'Entra ID must be able to read both documents from the internet without signing in. Run publish-issuer, which reads them as an anonymous client and reports what prevents that. Delete a document that another tool wrote.',
    means:
      'The container is private, a firewall blocks Entra ID, the path is wrong, or a document is not what Entra ID expects.',
    sees: [
      'AADSTS501661: Request to External OIDC endpoint failed',
      'AADSTS50166',
      'AADSTS90061',
      'AADSTS900612: Failed to parse provider signing keys',
      'AADSTS70024',
    ],
  },
  'identity-missing': {
    message:
      'failed to find the identity: the tenant has no application or managed identity with this client ID',
    hint: 'Set `client-id` and `tenant-id` to the outputs of federate-app.',
    means: 'The client ID is wrong, or the identity is only seconds old.',
    sees: ['AADSTS700016: Application with identifier … was not found in the directory'],
  },
  'service-principal-missing': {
    message:
      'failed to exchange the token: the application has no service principal in the tenant, or it is disabled',
    hint: 'Run federate-app, which creates the service principal. If it is disabled, enable it in the portal.',
    sees: ['AADSTS7000229: … missing service principal', 'AADSTS7000112'],
  },
  'tenant-unknown': {
    message: 'failed to find the tenant: {problem}',
    hint: 'Set `tenant-id` for the workload, and `azure-tenant-id` for the job, to the GUID of the tenant. Set `azure-environment` to its cloud.',
    means: 'This cloud has no such tenant, or only a domain of the tenant is known.',
    sees: ['AADSTS90002: Tenant … not found', 'AADSTS900023', 'AADSTS900021'],
  },
  'token-time-invalid': {
    message: 'the token is not valid yet, or it has expired',
    hint: 'Synchronize the clock of the cluster, for example, with NTP. In your own programs, read the file `AZURE_FEDERATED_TOKEN_FILE` again for each exchange.',
    means: 'The token is too old, or a clock is wrong.',
    sees: ['AADSTS700024: Client assertion is not within its valid time range'],
  },
  'token-lifetime-too-long': {
    message: 'failed to exchange the token: it is valid for longer than the 25 hours that Entra ID accepts',
    hint: 'Use the token of the webhook, in the file `AZURE_FEDERATED_TOKEN_FILE`, which is valid for at most a day. The default token of a pod in `/var/run/secrets/kubernetes.io/serviceaccount` is often valid for a year.',
    means: 'The token is usually the default token of the pod, not the one that the webhook projects.',
    sees: ['AADSTS70023'],
  },
  'federation-switched-off': {
    message: 'failed to exchange the token: the tenant does not accept federated credentials',
    hint: 'Ask the administrator of the tenant to allow federated credentials for this issuer.',
    means: 'A policy of the tenant or of Microsoft switched workload identity federation off.',
    sees: ['AADSTS700223', 'AADSTS700238'],
  },
  'token-algorithm-unsupported': {
    message: 'the token is signed with an algorithm that Entra ID does not support',
    hint: 'Start the cluster with an RSA key, such as generate-keys creates.',
    means: 'Entra ID verifies RS256 only.',
    sees: ['AADSTS5002738'],
  },
  'token-malformed': {
    message: 'failed to exchange the token: Entra ID cannot read it',
    hint: 'Send the content of `AZURE_FEDERATED_TOKEN_FILE` and nothing else. Check for a proxy between the workload and Entra ID.',
    means: 'It is not a service account token: it has no key ID, has another type, or lacks a claim.',
    sees: [
      'AADSTS50027: JWT token is invalid or malformed',
      'AADSTS5002723',
      'AADSTS5002726',
      'AADSTS5002727',
      'AADSTS90014',
    ],
  },
  'token-of-entra': {
    message: 'failed to exchange the token: Entra ID issued it, and such tokens cannot be federated',
    hint: 'Set `issuer-url` to an issuer of your own.',
    means: 'An access token of Entra ID was sent instead of the service account token of the cluster.',
    sees: ['AADSTS700222: AAD-issued tokens may not be used for federated identity flows'],
  },
  'conditional-access': {
    message: 'failed to exchange the token: a Conditional Access policy blocks the workload',
    hint: 'Ask the administrator of the tenant to exclude this identity, or this network, from the policy.',
    sees: ['AADSTS53003'],
  },
  'scope-invalid': {
    message: 'failed to exchange the token: Entra ID does not know the resource that the access token is for',
    hint: 'Set `azure-environment` to the cloud of the tenant.',
    means: 'In most cases, the resource belongs to another cloud.',
    sees: ['AADSTS70011', 'AADSTS1002012', 'AADSTS500011: The resource principal named … was not found'],
  },
  'entra-busy': {
    fault: 'service',
    message: 'failed to exchange the token: Entra ID is overloaded or has an outage',
    hint: 'Run the job again later, see https://status.azure.com.',
    sees: ['AADSTS90024', 'AADSTS90033', 'AADSTS90090', 'AADSTS50033', 'AADSTS90055'],
  },
  'entra-unreachable': {
    fault: 'service',
    message: 'failed to exchange the token: the login host of the cloud is unreachable',
    hint: 'Check `azure-environment`, and that the runner can reach the login host through its network, proxy and firewall.',
  },
  'exchange-refused': {
    message: 'failed to exchange the token: Entra ID rejects it for a reason that is not known here',
    hint: 'Follow the text of the answer. https://login.microsoftonline.com/error explains the number.',
    means: 'The actions do not know this AADSTS number. The answer is shown as it was received.',
    sees: ['any other AADSTS number'],
  },
});
