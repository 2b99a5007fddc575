import { clusterErrorMessage } from '../../kubernetes/index.ts';
import type { Surroundings } from '../surroundings.ts';

const shownLines = 20;

type LogContext = Pick<Surroundings, 'cluster' | 'deps' | 'inputs'>;

/** The last lines of a pod's log; empty while it has none. Tokens are taken out, whoever printed them. */
export async function logOf(context: LogContext, name: string): Promise<string> {
  const { namespace } = context.inputs.serviceAccount;
  try {
    return withoutTokens(
      await context.cluster.core.readNamespacedPodLog({ name, namespace, tailLines: shownLines }),
    );
  } catch (error) {
    context.deps.log.debug(`the log of the pod cannot be read yet: ${clusterErrorMessage(error)}`);
    return '';
  }
}

/** The same for a container that has ended. A node may show the end a moment before the last lines, so an empty log is looked at again. */
export async function finalLogOf(context: LogContext, name: string): Promise<string> {
  for (let look = 0; ; look++) {
    const log = await logOf(context, name);
    if (log !== '' || look === 4) return log;
    await context.deps.clock.sleep(0.25);
  }
}

/** `***` in place of everything that looks like a signed token: three parts of base64url, of which the first two are JSON. */
export function withoutTokens(text: string): string {
  return text.replace(/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, '***');
}
