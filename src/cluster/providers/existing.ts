import { connectCluster } from '../../kubernetes/index.ts';
import type { Provider } from '../provider.ts';

/** A cluster that this action did not create: it is never changed. */
export const existing: Provider = {
  async start(request, deps) {
    const cluster = await connectCluster(request, deps);
    return { kubeconfig: cluster.kubeconfigFile, context: cluster.config.getCurrentContext() };
  },

  async inspect() {
    return { state: 'absent' };
  },

  async copyLogs() {
    return [];
  },

  async remove() {
    return [];
  },
};
