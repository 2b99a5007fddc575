import { clusterErrorMessage } from '../../kubernetes/index.ts';
import type { Surroundings } from '../surroundings.ts';

const shownLines = 20;

/** Reads the last lines of a pod's log, or an empty text if it cannot be read. Tokens are removed. */
export async function readLog(
  { cluster, deps, inputs }: Pick<Surroundings, 'cluster' | 'deps' | 'inputs'>,
  name: string,
): Promise<string> {
  const { namespace } = inputs.serviceAccount;
  try {
    return removeTokens(await cluster.core.readNamespacedPodLog({ name, namespace, tailLines: shownLines }));
  } catch (error) {
    deps.log.debug(`Failed to read the log of the pod: ${clusterErrorMessage(error)}`);
    return '';
  }
}

/**
 * Replaces everything that looks like a signed token: three parts of base64url, of which the first two are
 * JSON.
 */
export function removeTokens(text: string): string {
  return text.replace(/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, '***');
}
