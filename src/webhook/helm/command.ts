import { errorMessage, FederationError } from '../../errors/index.ts';
import type { Cluster } from '../../kubernetes/index.ts';
import type { Deps, ExecResult } from '../../runtime/index.ts';
import { systemNamespace } from '../contract.ts';

/** Helm, bound to one cluster and the webhook's namespace. */
export interface Helm {
  /** Runs it to its end; a non-zero exit is a result. Throws FederationError `helm-missing`. */
  run(...args: readonly string[]): Promise<ExecResult>;
  /** The same, where only success is a result. Throws FederationError `helm-failed`. */
  must(doing: string, ...args: readonly string[]): Promise<string>;
}

/** The subcommands that work for long and write to the cluster. */
const changing: readonly string[] = ['install', 'upgrade', 'rollback', 'uninstall'];

/** The helm on PATH. */
export function helmFor(cluster: Cluster, deps: Pick<Deps, 'exec' | 'run' | 'log'>): Helm {
  const target = [
    `--namespace=${systemNamespace}`,
    `--kubeconfig=${cluster.kubeconfigFile}`,
    `--kube-context=${cluster.config.getCurrentContext()}`,
  ];
  const run = async (...args: readonly string[]) => {
    deps.log.debug(`helm ${args.join(' ')}`);
    const execute = changing.includes(args[0] ?? '') ? deps.run : deps.exec;
    try {
      return await execute('helm', [...args, ...target], { timeoutSeconds: 180 });
    } catch (error) {
      throw new FederationError(`failed to run helm: ${errorMessage(error)}`, {
        code: 'helm-missing',
        hint: 'method: helm needs the program helm on PATH: add azure/setup-helm before this step, or use method: manifest, which needs nothing.',
        cause: error,
      });
    }
  };
  return {
    run,
    must: async (doing, ...args) => {
      const { exitCode, stdout, stderr, timedOut } = await run(...args);
      if (exitCode === 0) return stdout;
      const said = stderr.trim().split('\n').slice(-5).join('\n');
      throw new FederationError(
        `failed to ${doing}: ${timedOut ? 'helm did not end within 180 s' : said || `helm ended with exit code ${exitCode}`}`,
        { code: 'helm-failed', hint: hintFor(said) },
      );
    },
  };
}

function hintFor(said: string): string {
  if (/unknown flag: --take-ownership/.test(said))
    return 'Taking over an installation that Helm did not make needs Helm 3.17 or newer.';
  if (/another operation .* is in progress/.test(said))
    return `An earlier helm was ended in the middle. helm --namespace ${systemNamespace} rollback, or uninstall, frees the release.`;
  if (/not found|failed to download|no such host|404/.test(said))
    return 'Correct the input chart: a folder, a .tgz file or its URL, or an oci:// reference.';
  return 'See the message of helm, and the inputs chart and values.';
}
