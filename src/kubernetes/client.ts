import { get, type RequestOptions } from 'node:https';
import {
  CoreV1Api,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { ClusterInputs } from './definition.ts';
import { loadKubeconfig } from './kubeconfig.ts';

/** The clients of one cluster, for one context of a kubeconfig. */
export interface Cluster {
  readonly config: KubeConfig;
  readonly objects: KubernetesObjectApi;
  readonly core: CoreV1Api;
  /** The file that defines the context, for programs such as Helm. */
  readonly kubeconfigFile: string;
}

/** Name under which this project's server-side applies own their fields. */
export const fieldManager = 'entra-kubernetes-federation';

/**
 * Creates the clients for a cluster; sends no request. Throws FederationError `kubeconfig-unreadable` or
 * `context-unknown`.
 */
export async function connectCluster(inputs: ClusterInputs, deps: Pick<Deps, 'env'>): Promise<Cluster> {
  const { config, file } = loadKubeconfig(inputs, deps);
  return {
    config,
    objects: KubernetesObjectApi.makeApiClient(config),
    core: config.makeApiClient(CoreV1Api),
    kubeconfigFile: file,
  };
}

/**
 * Applies an object server-side; fields of other owners are kept. With `dryRun`, admission (including
 * webhooks) runs, and nothing is stored.
 */
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

/**
 * Sends a GET for a path of the API server, such as `/openid/v1/jwks`, with the credentials of the
 * kubeconfig.
 */
export async function getRaw(
  { config, kubeconfigFile }: Cluster,
  path: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const server = config.getCurrentCluster()?.server;
  if (!server) {
    const problem = 'the cluster of its current context has no server';
    throw new FederationError('kubeconfig-unreadable', { file: kubeconfigFile, problem });
  }
  const options: RequestOptions = { timeout: 10_000 };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, server), options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no response within 10 s')));
    request.on('error', reject);
  });
}

export interface TokenRequestOptions {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly audience: string;
  /** At least 600. */
  readonly expirationSeconds: number;
  /** Binds the token to this pod: it expires when the pod is deleted. */
  readonly pod?: { readonly name: string; readonly uid: string };
}

/** Requests a service account token with TokenRequest. The caller masks it. */
export async function requestToken(cluster: Cluster, options: TokenRequestOptions): Promise<string> {
  const { status } = await cluster.core.createNamespacedServiceAccountToken({
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
  return status?.token ?? '';
}
