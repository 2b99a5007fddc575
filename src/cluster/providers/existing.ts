import { connectCluster } from '../../kubernetes/index.ts';
import type { Provider } from '../provider.ts';

/** A cluster that somebody else started: it is only looked at. */
export const existing: Provider = {
  async start(request, deps) {
    const cluster = await connectCluster(request, deps);
    return { kubeconfig: cluster.kubeconfigFile, context: cluster.config.getCurrentContext() };
  },

  async inspect() {
    return { state: 'absent' };
  },

  async logs() {
    return [];
  },

  async remove() {
    return [];
  },
};
