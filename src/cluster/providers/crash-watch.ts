import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';

type WatchDeps = Pick<Deps, 'exec' | 'log'>;

// A start that goes well is over before the first look, or nearly; kubelet starts what ended again after 10, 20, 40 s.
const firstLookSeconds = 20;
const lookSeconds = 5;

// The newest log file of the API server in a node: its number is how often the container was started again.
const script =
  'cd /var/log/pods && ls -d kube-system_kube-apiserver-*/kube-apiserver/*.log | sort -t/ -k3 -n | tail -n 1 | while read file; do echo "$file"; tail -n 20 "$file"; done';

// What no restart of kube-apiserver changes.
const fatal = /Error: |unknown flag: |invalid argument |"command failed" err=/;

/**
 * Runs `start` and looks into its node meanwhile: where kube-apiserver ends again and again because of how it was asked to start,
 * the tool would wait four minutes, and minikube twice that. Throws FederationError `api-server-refused` then, else as `start` does.
 * The start may stop itself by the same signal. Only where the node is a container of Docker; elsewhere nothing is seen.
 */
export async function watchingForCrashes<T>(
  node: string,
  deps: WatchDeps,
  start: (stop: AbortController) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let found: FederationError | undefined;
  const look = async () => {
    found ??= await crashOf(node, deps);
    if (found !== undefined) stop.abort(found);
  };
  let looking: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      looking = setInterval(() => void look().catch(() => undefined), lookSeconds * 1000);
    },
    (firstLookSeconds - lookSeconds) * 1000,
  );
  try {
    return await start(stop);
  } catch (error) {
    throw found ?? error;
  } finally {
    clearTimeout(first);
    clearInterval(looking);
  }
}

async function crashOf(node: string, deps: WatchDeps): Promise<FederationError | undefined> {
  const { stdout } = await deps.exec('docker', ['exec', node, 'sh', '-c', script], { timeoutSeconds: 5 });
  const [file, ...log] = stdout.trimEnd().split('\n');
  const restarts = Number(/(\d+)\.log$/.exec(file ?? '')?.[1] ?? 0);
  const lines = log
    .map((line) => line.replace(/^\S+ (stdout|stderr) F /, ''))
    .filter((line) => fatal.test(line));
  const last = lines.at(-1);
  if (restarts === 0 || last === undefined) return undefined;
  return new FederationError(`failed to start kube-apiserver: ${last.slice(0, 500)}`, {
    code: 'api-server-refused',
    hint: `It was started ${restarts + 1} times and ended each time. Correct the flags of kube-apiserver: in arguments with minikube, in kind-config with kind.`,
  });
}
