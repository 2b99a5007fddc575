import { defineErrors } from './entry.ts';

export const clusterErrors = defineErrors({
  'cluster-issuer-differs': {
    message: 'failed to verify the cluster: expected issuer "{expected}", found "{found}"',
    hint: 'Start the cluster with the issuer that is published:\n  with:\n    issuer-url: {expected}\nThe flag --service-account-issuer of kube-apiserver sets the issuer. If it is given several times, the first one signs.',
    means:
      'The cluster and the published documents have different issuers. Entra ID compares them byte by byte, including a trailing slash.',
  },
  'cluster-issuer-default': {
    message: 'failed to verify the cluster: expected issuer "{expected}", found the default issuer "{found}"',
    hint: 'Start the cluster with the issuer that is published:\n  with:\n    issuer-url: {expected}\nThe flag --service-account-issuer did not reach kube-apiserver.',
    means:
      'The API server was started without an issuer. In a minikube command, a second `--extra-config` with the same key replaces the first.',
    sees: ['https://kubernetes.default.svc'],
  },
  'signing-key-mismatch': {
    message: 'failed to verify the cluster: expected it to sign with the key `{expected}`, found {found}',
    hint: 'Start the cluster with `private-key-file` and `public-key-file` of the same generate-keys step. An existing cluster keeps its previous key until it is recreated. The flags --service-account-signing-key-file and --service-account-key-file of kube-apiserver set the keys.',
    means: 'The cluster signs with another key than the given one.',
  },
  'token-invalid': {
    message: 'failed to verify a token of the cluster: {problem}',
    hint: 'If the signature is invalid, use both halves of one key pair for --service-account-signing-key-file and --service-account-key-file of kube-apiserver. Otherwise, compare the clocks of this machine and of the cluster.',
    means: 'The key ID is right, but the signature is not, or a clock is wrong.',
  },
  'cluster-unreadable': {
    message: 'failed to read {what} of the cluster: {problem}',
    hint: 'Use a kubeconfig that may create service accounts in the namespace default and serviceaccounts/token, and that is bound to system:service-account-issuer-discovery. kube-apiserver serves its documents only for an https issuer without query and fragment.',
    means: 'The kubeconfig lacks a permission, or the issuer is not an https URL.',
  },
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
  'token-unverifiable': {
    message: 'the token of the service account cannot be verified with the published key',
    hint: 'See the reason, which is quoted.',
  },
  'service-account-token-refused': {
    message: 'the cluster issues no token for the service account {serviceAccount}',
    hint: 'Use a kubeconfig that may create serviceaccounts/token in the namespace, and check that the API server has a signing key.',
  },
});
