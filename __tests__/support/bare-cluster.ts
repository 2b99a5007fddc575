import type { V1MutatingWebhookConfiguration, V1Pod } from '@kubernetes/client-node';
import * as cluster from '../../src/cluster/index.ts';
import { type Cluster, connectCluster, read } from '../../src/kubernetes/index.ts';
import { configurationKind, configurationName, systemNamespace } from '../../src/webhook/contract.ts';
import { runAction, runPost } from './actions.ts';
import { testDeps } from './deps.ts';
import { type Workshop, workshop } from './workshop.ts';

/** An embedded cluster without a webhook. */
export interface BareCluster {
  readonly shop: Workshop;
  readonly kubeconfig: string;
  readonly api: Cluster;
  /** Reads the configuration of the webhook from the API server. */
  configuration(): Promise<V1MutatingWebhookConfiguration | undefined>;
  /** Returns a labeled pod as the API server would store it. */
  admitted(name?: string): Promise<V1Pod>;
  close(): Promise<void>;
}

/** Starts an embedded cluster. */
export async function startBareCluster(name: string): Promise<BareCluster> {
  const shop = workshop();
  const deps = testDeps({ temporaryDirectory: shop.folder, env: process.env });
  const keys = shop.keyPair('sa');
  const inputs = {
    'cluster-provider': 'embedded',
    'cluster-name': name,
    'issuer-url': 'https://issuer.example/',
    'private-key-file': keys.privateKeyFile,
    'public-key-file': keys.publicKeyFile,
  };
  const { outputs, failure } = await runAction(cluster, inputs, deps);
  if (failure) throw failure;
  const kubeconfig = String(outputs.kubeconfig);
  const api = await connectCluster({ kubeconfig }, { env: {} });
  return {
    shop,
    kubeconfig,
    api,
    configuration: () => read(api, { ...configurationKind, metadata: { name: configurationName } }),
    admitted: (pod = 'probe') => api.objects.create(labelledPod(pod), undefined, 'All'),
    close: async () => {
      await runPost(cluster, inputs, deps);
      shop.remove();
    },
  };
}

function labelledPod(name: string): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: systemNamespace, labels: { 'azure.workload.identity/use': 'true' } },
    spec: {
      serviceAccountName: 'webhook-readiness',
      containers: [
        {
          name: 'c',
          image: 'i',
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            runAsNonRoot: true,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ],
    },
  };
}
