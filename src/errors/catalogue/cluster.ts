import { defineErrors } from './entry.ts';

export const clusterErrors = defineErrors({
  'token-issuer-differs': {
    message: 'the token of the service account has a different issuer than `issuer-url`: {difference}',
    hint: 'Start the cluster with this `issuer-url`.',
  },
  'token-subject-differs': {
    message: 'the token of the service account has a different subject than expected: {difference}',
    hint: 'Correct `service-account`.',
  },
  'token-audience-differs': {
    message: 'the token of the service account has a different audience than requested: {difference}',
    hint: 'Check `azure-environment`, and how the API server was started.',
  },
  'published-key-differs': {
    message: 'the key that is published under the key ID of the token did not sign it',
    hint: 'Run publish-issuer with the public key file of the cluster, which corrects the published key.',
  },
  'token-unverifiable': {
    message: 'the token of the service account cannot be verified with the published key',
    hint: 'See the reason, which is quoted.',
  },
  'service-account-token-refused': {
    message: 'the cluster issues no token for the service account {serviceAccount}',
    hint: 'Use a kubeconfig that may create serviceaccounts/token in the namespace, and check that the API server has a signing key.',
  },
});
