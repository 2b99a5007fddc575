import { text } from '../runtime/index.ts';

/** The inputs of every action that talks to a cluster. */
export const clusterInputs = {
  kubeconfig: text({
    description: 'Kubeconfig file of the cluster. Default: KUBECONFIG, else `~/.kube/config`.',
  }),
  context: text({ description: 'Context in the kubeconfig. Default: its current context.' }),
};

export interface ClusterInputs {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}
