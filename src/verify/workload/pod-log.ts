import { clusterMessageOf } from '../../kubernetes/index.ts';
import type { Context } from '../context.ts';

const shownLines = 20;

/** The last lines of a pod's log; empty while it has none. Tokens are taken out, whoever printed them. */
export async function logOf(
  context: Pick<Context, 'cluster' | 'deps' | 'inputs'>,
  name: string,
): Promise<string> {
  const { namespace } = context.inputs.serviceAccount;
  try {
    return withoutTokens(
      await context.cluster.core.readNamespacedPodLog({ name, namespace, tailLines: shownLines }),
    );
  } catch (error) {
    context.deps.log.debug(`the log of the pod cannot be read yet: ${clusterMessageOf(error)}`);
    return '';
  }
}

/** `***` in place of everything that looks like a signed token: three parts of base64url, of which the first two are JSON. */
export function withoutTokens(text: string): string {
  return text.replace(/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, '***');
}
