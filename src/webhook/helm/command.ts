import { type CodeNeeding, errorMessage, FederationError } from '../../errors/index.ts';
import type { Cluster } from '../../kubernetes/index.ts';
import type { Deps, Exec, ExecResult } from '../../runtime/index.ts';
import { systemNamespace } from '../contract.ts';

const limitSeconds = 180;

/** Helm with the arguments for one cluster and the namespace of the webhook. A non-zero exit code is a result. */
export interface Helm {
  /** Runs a command that only answers. Throws FederationError `helm-missing`. */
  query(...args: readonly string[]): Promise<ExecResult>;
  /** Runs a command that changes the cluster. Throws FederationError `helm-missing`. */
  change(...args: readonly string[]): Promise<ExecResult>;
}

/** Returns the Helm on the PATH. */
export function createHelm(cluster: Cluster, deps: Pick<Deps, 'exec' | 'run' | 'log'>): Helm {
  const target = [
    `--namespace=${systemNamespace}`,
    `--kubeconfig=${cluster.kubeconfigFile}`,
    `--kube-context=${cluster.config.getCurrentContext()}`,
  ];
  const execute =
    (command: Exec) =>
    async (...args: readonly string[]) => {
      deps.log.debug(`helm ${args.join(' ')}`);
      try {
        return await command('helm', [...args, ...target], { timeoutSeconds: limitSeconds });
      } catch (error) {
        throw new FederationError('helm-missing', { problem: errorMessage(error) }, { cause: error });
      }
    };
  return { query: execute(deps.exec), change: execute(deps.run) };
}

const knownFailures: readonly (readonly [message: RegExp, code: CodeNeeding<'action' | 'problem'>])[] = [
  [/unknown flag: --take-ownership/, 'helm-too-old'],
  [/another operation .* is in progress/, 'helm-release-locked'],
  [/not found|failed to download|no such host|404/, 'helm-chart-not-found'],
];

/**
 * Returns what a command printed. `action` reads after "failed to". Throws FederationError `helm-too-old`, `helm-release-locked`,
 * `helm-chart-not-found` or `helm-failed` if the command failed.
 */
export function assertSucceeded(action: string, { exitCode, stdout, stderr, timedOut }: ExecResult): string {
  if (exitCode === 0) return stdout;
  const printed = stderr.trim().split('\n').slice(-5).join('\n');
  const problem = timedOut
    ? `helm did not finish within ${limitSeconds} s`
    : printed || `helm exited with code ${exitCode}`;
  const [, code = 'helm-failed' as const] = knownFailures.find(([message]) => message.test(printed)) ?? [];
  throw new FederationError(code, { action, problem });
}
