import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';

type WatchDeps = Pick<Deps, 'exec' | 'log'>;

// A successful start is finished, or nearly, by the first look. kubelet restarts a container after 10, 20 and
// 40 s.
const firstLookSeconds = 20;
const lookSeconds = 5;

// The newest log file of the API server in a node. Its number is how often the container was restarted.
const script =
  'cd /var/log/pods && ls -d kube-system_kube-apiserver-*/kube-apiserver/*.log | sort -t/ -k3 -n | tail -n 1 | while read file; do echo "$file"; tail -n 20 "$file"; done';

// What no restart of kube-apiserver can fix.
const fatalLine = /Error: |unknown flag: |invalid argument |"command failed" err=/;

/**
 * Runs `start` and watches its node. If kube-apiserver exits again and again because of its flags, the start
 * is stopped: kind would wait for four minutes, minikube for eight. The start may abort the same signal
 * itself. Works only if the node is a Docker container.
 * Throws FederationError `api-server-refused`, or what `start` throws.
 */
export async function watchForCrashes<T>(
  node: string,
  deps: WatchDeps,
  start: (stop: AbortController) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let crash: FederationError | undefined;
  const look = async () => {
    crash ??= await findCrash(node, deps);
    if (crash !== undefined) stop.abort(crash);
  };
  let interval: NodeJS.Timeout | undefined;
  const delay = setTimeout(
    () => {
      interval = setInterval(() => void look().catch(() => undefined), lookSeconds * 1000);
    },
    (firstLookSeconds - lookSeconds) * 1000,
  );
  try {
    return await start(stop);
  } catch (error) {
    throw crash ?? error;
  } finally {
    clearTimeout(delay);
    clearInterval(interval);
  }
}

async function findCrash(node: string, deps: WatchDeps): Promise<FederationError | undefined> {
  const { stdout } = await deps.exec('docker', ['exec', node, 'sh', '-c', script], { timeoutSeconds: 5 });
  const [file, ...log] = stdout.trimEnd().split('\n');
  const restarts = Number(/(\d+)\.log$/.exec(file ?? '')?.[1] ?? 0);
  const lines = log
    .map((line) => line.replace(/^\S+ (stdout|stderr) F /, ''))
    .filter((line) => fatalLine.test(line));
  const last = lines.at(-1);
  if (restarts === 0 || last === undefined) return undefined;
  return new FederationError('api-server-refused', { problem: last.slice(0, 500), count: restarts + 1 });
}
