import { defineErrors } from './entry.ts';

export const kubernetesErrors = defineErrors({
  'kubeconfig-unreadable': {
    message: 'failed to read the kubeconfig {file}: {problem}',
    hint: 'Set `kubeconfig` to the output `kubeconfig` of start-minikube, or to the file of an existing cluster, and `context` to one of its contexts.',
    means: 'The file is missing, is not a kubeconfig, or its current context does not name a cluster.',
  },
  'context-unknown': {
    message: 'failed to find the context "{context}" in {file}: its contexts are {known}',
    hint: 'Set `context` to one of these contexts, or remove it to use the current context.',
  },
  'cluster-unreachable': {
    message: 'the API server does not respond',
    hint: 'Check that the cluster is running, and that `kubeconfig` belongs to it.',
  },
  'cluster-forbids': {
    message: 'the API server rejected a request of this check with HTTP {status}',
    hint: 'Use a kubeconfig with the permissions of a cluster administrator.',
  },
  'cluster-refuses': {
    message: 'the API server rejected a request of this check with HTTP {status}',
    hint: 'See the answer of the API server, which is quoted.',
  },
});
