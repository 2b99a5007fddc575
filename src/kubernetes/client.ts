import { readFile } from 'node:fs/promises';
import {
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { errorMessage, FederationError } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { ClusterInputs } from './inputs.ts';

/** A connection to one cluster: the official client's parts, made for one context of one kubeconfig. */
export interface Cluster {
  readonly config: KubeConfig;
  readonly objects: KubernetesObjectApi;
  readonly core: CoreV1Api;
  readonly kubeconfigFile: string;
}

/** Name under which this project's server-side applies own their fields. */
export const fieldManager = 'entra-kubernetes-federation';

/** Opens the kubeconfig; no request is made. Throws FederationError `kubeconfig-unreadable` or `context-unknown`. */
export async function connectCluster(inputs: ClusterInputs, deps: Pick<Deps, 'env'>): Promise<Cluster> {
  const file =
    inputs.kubeconfig ?? deps.env.KUBECONFIG?.split(':')[0] ?? `${deps.env.HOME ?? ''}/.kube/config`;
  const config = new KubeConfig();
  try {
    config.loadFromString(await readFile(file, 'utf8'));
  } catch (error) {
    throw new FederationError(`failed to read the kubeconfig ${file}: ${errorMessage(error)}`, {
      code: 'kubeconfig-unreadable',
      hint: 'Set the input kubeconfig to the output kubeconfig of start-minikube, or to the file of a cluster of your own.',
      cause: error,
    });
  }
  if (inputs.context !== undefined) {
    if (config.getContextObject(inputs.context) === null) {
      const known = config.getContexts().map(({ name }) => name);
      throw new FederationError(
        `failed to find the context "${inputs.context}" in ${file}: it has ${known.join(', ') || 'none'}`,
        {
          code: 'context-unknown',
        },
      );
    }
    config.setCurrentContext(inputs.context);
  }
  if (config.getCurrentCluster() === null) {
    throw new FederationError(`failed to find a cluster in ${file}: its current context names none`, {
      code: 'kubeconfig-unreadable',
      hint: 'Set the input context to one of the kubeconfig, or kubeconfig to another file.',
    });
  }
  return {
    config,
    objects: KubernetesObjectApi.makeApiClient(config),
    core: config.makeApiClient(CoreV1Api),
    kubeconfigFile: file,
  };
}

/** Server-side apply: fields that others own stay as they are. With `dryRun` admission runs, the webhook included, and nothing is stored. */
export async function apply<T extends KubernetesObject>(
  cluster: Cluster,
  object: T,
  options: { readonly dryRun?: boolean } = {},
): Promise<T> {
  return cluster.objects.patch(
    object,
    undefined,
    options.dryRun ? 'All' : undefined,
    fieldManager,
    true,
    PatchStrategy.ServerSideApply,
  );
}

/** GET of a path of the API server, such as `/openid/v1/jwks`, with the kubeconfig's credentials. */
export async function getRaw(
  cluster: Cluster,
  path: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { default: https } = await import('node:https');
  const server = cluster.config.getCurrentCluster()?.server;
  if (!server)
    throw new FederationError('failed to reach the cluster: the kubeconfig names no server', {
      code: 'kubeconfig-unreadable',
    });
  const options: import('node:https').RequestOptions = { timeout: 10_000 };
  await cluster.config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const request = https.get(new URL(path, server), options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 10 s')));
    request.on('error', reject);
  });
}

export interface TokenRequestOptions {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly audience: string;
  /** At least 600. */
  readonly expirationSeconds: number;
  /** Binds the token to this pod: it ends with the pod. */
  readonly pod?: { readonly name: string; readonly uid: string };
}

/** A service-account token by TokenRequest. The caller masks it. */
export async function requestToken(cluster: Cluster, options: TokenRequestOptions): Promise<string> {
  const answer = await cluster.core.createNamespacedServiceAccountToken({
    namespace: options.namespace,
    name: options.serviceAccount,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: [options.audience],
        expirationSeconds: options.expirationSeconds,
        ...(options.pod && { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', ...options.pod } }),
      },
    },
  });
  return answer.status?.token ?? '';
}
