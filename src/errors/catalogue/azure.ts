import { defineErrors } from './entry.ts';

/** Answers of Microsoft Graph, Azure Resource Manager and Azure Storage that are the same for every action. */
export const azureErrors = defineErrors({
  'azure-environment-invalid': {
    message: 'failed to read the Azure environment "{environment}": {problem}',
    hint: 'Set `azure-environment` to `public`, `us-government`, `china` or the path of a JSON file of endpoints. start-emulator writes such a file for its job, see its output `azure-environment`.',
  },
  'ca-file-unreadable': {
    message: 'failed to read the CA certificate {file}: {problem}',
    hint: 'Run start-emulator in the same job. The file that `caFile` in `azure-environment` names must exist while the job runs.',
    means: 'The files of the emulator are gone: it was stopped, or it belongs to another job.',
  },
  'subscription-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `azure-subscription-id` to the GUID of a subscription in the tenant that the job signs in to.',
    means: 'The subscription is not set, is misspelled or belongs to another tenant.',
    sees: ['SubscriptionNotFound', 'InvalidSubscriptionId', 'the subscription is unknown'],
  },
  'azure-throttled': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run fewer jobs at the same time, or let them share one identity.',
    means:
      'The tenant, the subscription or the storage account receives more requests than it allows. The action waited for up to five minutes.',
    sees: ['HTTP 429'],
  },
  'provider-not-registered': {
    message: 'failed to {action}: {answer}',
    hint: 'Register the resource provider that the message names, which needs Contributor on the subscription:\n  az provider register --wait --namespace <provider>',
    means:
      'The subscription has never used this service. Azure registers a provider for each service on first use.',
    sees: ['MissingSubscriptionRegistration'],
  },
  'region-closed': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `location` to another region, for example, `swedencentral`.',
    means:
      'The region accepts no new resources of this subscription. West Europe is one of these regions for new subscriptions.',
    sees: ['RequestDisallowedByAzure'],
  },
  'azure-policy-denied': {
    message: 'failed to {action}: {answer}',
    hint: 'Meet the requirement of the policy that the message names, for example, tags, names or allowed regions, or ask its owner for an exemption. If the policy requires multifactor authentication, run az login again, or let the job sign in with a federated credential.',
    means:
      'An Azure Policy of the subscription or its management group denies the request. A role would not help.',
    sees: ['RequestDisallowedByPolicy'],
  },
  'azure-unavailable': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again later, see https://azure.status.microsoft. Completed changes are kept.',
    means: 'Azure is overloaded or has an outage. The action retried before it gave up.',
    sees: ['HTTP 500', 'HTTP 502', 'HTTP 503', 'HTTP 504'],
  },
  'azure-unreachable': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Check `azure-environment`, and that the runner can reach this host through its network, proxy and firewall.',
    means: 'Azure did not answer, or the connection was closed several times.',
    sees: ['no answer', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND'],
  },
  'azure-untrusted': {
    message: 'failed to {action}: {answer}',
    hint: 'With the emulator, set `azure-environment` to the file that the running emulator wrote. Behind a proxy that inspects TLS, set `NODE_EXTRA_CA_CERTS` for the job.',
    means: 'This machine does not trust the certificate of the service.',
    sees: ['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  },
  'azure-busy': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again later.',
    means: 'Another operation on the same storage account did not finish in time.',
    sees: [
      'StorageAccountOperationInProgress',
      'AnotherOperationInProgress',
      'ConcurrentUpdateFailure',
      'ContainerBeingDeleted',
    ],
  },
  'token-refused': {
    message: 'failed to {action}: {answer}',
    hint: 'Check `azure-tenant-id` and `azure-environment`. Sign in again if the session of the az CLI is old.',
    means: 'The service rejected the access token of the job.',
    sees: ['HTTP 401', 'InvalidAuthenticationToken', 'ExpiredAuthenticationToken'],
  },
  'not-replicated': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again. Completed changes are kept.',
    means:
      'Parts of Azure do not know an object yet that was created a moment ago. The action waited for three minutes.',
    sees: ['Request_ResourceNotFound', 'does not reference a valid application object'],
  },
  'not-found': {
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again. If the error stays, check that the job has permission to read the object.',
    means: 'The object was deleted in the meantime, or the job has no permission to read it.',
    sees: ['HTTP 404'],
  },
  'azure-refused': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Follow the text of the answer. If it is unclear, search for its code and send the request ID to Azure support.',
    means:
      'Azure rejected the request for a reason that the actions do not know. The answer is shown as it was received.',
  },
});
