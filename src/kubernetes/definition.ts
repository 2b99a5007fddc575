import { text } from '../runtime/index.ts';

/** Inputs of every action that talks to a cluster. */
export const clusterInputs = {
  kubeconfig: text({
    description:
      'Kubeconfig file of the cluster. Defaults to the files in `KUBECONFIG`, otherwise to `~/.kube/config`.',
  }),
  context: text({ description: 'Context in the kubeconfig. Defaults to its current context.' }),
};

export interface ClusterInputs {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
}

export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

/** Parses `namespace/name`. Throws `Error` that says what to write. */
export function parseServiceAccount(line: string): ServiceAccountRef {
  const [, namespace, name] =
    /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(line) ?? [];
  if (namespace === undefined || name === undefined)
    throw new Error(`write the service account as namespace/name in lowercase, not "${line}"`);
  return { namespace, name };
}

/** Returns the subject of the service account's tokens: `system:serviceaccount:<namespace>:<name>`. */
export function formatSubject({ namespace, name }: ServiceAccountRef): string {
  return `system:serviceaccount:${namespace}:${name}`;
}
