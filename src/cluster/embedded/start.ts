import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { FederationError } from '../../errors/index.ts';
import { type Cluster, connectCluster, getRaw } from '../../kubernetes/index.ts';
import {
  type Daemon,
  type Deps,
  lastLogLines,
  retry,
  spawnDaemon,
  waitForDaemons,
} from '../../runtime/index.ts';
import type { Programs } from '../programs/index.ts';
import type { Access, ClusterRequest } from '../provider.ts';
import { createApiServerFlags, createEtcdFlags, etcdSocket } from './flags.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { registerProcess } from './processes.ts';

const etcdSeconds = 30;
const apiServerSeconds = 90;
const portSeconds = 30;

/** Folder of the logs in the folder of the cluster. */
export const logFolder = 'logs';

/** Starts etcd and kube-apiserver in the folder of the cluster and waits until the API server is ready. */
export async function startParts(request: ClusterRequest, programs: Programs, deps: Deps): Promise<Access> {
  const { directory } = request;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const token = await writeAdminToken(directory, deps);
  const etcd = await launch('etcd', programs.etcd, createEtcdFlags(), directory, deps);
  const probe = () => access(join(directory, etcdSocket)).then(() => undefined);
  await waitForDaemons({ what: 'etcd', daemons: [etcd], budgetSeconds: etcdSeconds, probe }, deps);
  const policy = {
    what: 'a free port',
    budgetSeconds: portSeconds,
    firstDelaySeconds: 0.1,
    isTransient: (error: unknown) => error instanceof PortTakenError,
  };
  return retry(policy, deps, () => startApiServer(request, programs, { etcd, token }, deps));
}

class PortTakenError extends Error {}

async function startApiServer(
  request: ClusterRequest,
  programs: Programs,
  { etcd, token }: { readonly etcd: Daemon; readonly token: string },
  deps: Deps,
): Promise<Access> {
  const { directory, name, key } = request;
  const port = await findFreePort();
  // The programs run in the folder of the cluster.
  const keyFiles = {
    privateKeyFile: resolve(key.privateKeyFile ?? ''),
    publicKeyFile: resolve(key.publicKeyFile),
  };
  const flags = createApiServerFlags({ ...request, key: keyFiles }, port);
  await rm(join(directory, logFolder, 'kube-apiserver.log'), { force: true });
  const apiServer = await launch('kube-apiserver', programs['kube-apiserver'], flags, directory, deps);
  const access = { kubeconfig: join(directory, 'kubeconfig'), context: name };
  let cluster: Cluster | undefined;
  const probe = async () => {
    if (cluster === undefined) {
      const certificateAuthority = await readCertificate(directory);
      const server = `https://127.0.0.1:${port}`;
      const webhookProgram = programs['azure-wi-webhook'];
      const content = { name, server, certificateAuthority, token, directory, webhookProgram };
      await writeKubeconfig(access.kubeconfig, content);
      cluster = await connectCluster(access, deps);
    }
    const { status, body } = await getRaw(cluster, '/readyz');
    return status === 200 ? undefined : `/readyz answers ${status}: ${body.slice(0, 300)}`;
  };
  const daemons = [apiServer, etcd];
  try {
    await waitForDaemons({ what: 'kube-apiserver', daemons, budgetSeconds: apiServerSeconds, probe }, deps);
    return access;
  } catch (error) {
    throw await explain(error, apiServer, port);
  }
}

async function explain(error: unknown, apiServer: Daemon, port: number): Promise<unknown> {
  if (!(error instanceof FederationError) || error.code !== 'program-ended') return error;
  const lines = await lastLogLines(apiServer.logFile, 40);
  if (lines.some((line) => line.includes('address already in use')))
    return new PortTakenError(`another process took port ${port}`);
  // If a flag is unknown, the program prints all its flags, and the reason last.
  const problem = lines.find((line) => /^(Error: )?(unknown|invalid).*(flag|argument)/i.test(line));
  if (problem === undefined) return error;
  return new FederationError('arguments-refused', { problem }, { cause: error });
}

// kube-apiserver generates its certificate and writes the key last.
async function readCertificate(directory: string): Promise<string> {
  const folder = join(directory, 'certificates');
  await access(join(folder, 'apiserver.key'));
  return readFile(join(folder, 'apiserver.crt'), 'utf8');
}

async function writeAdminToken(directory: string, deps: Deps): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  deps.log.mask(token);
  await writeFile(join(directory, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  return token;
}

async function launch(
  name: string,
  command: string,
  args: readonly string[],
  directory: string,
  deps: Deps,
): Promise<Daemon> {
  const { PATH, HOME, TMPDIR, RUNNER_TRACKING_ID } = deps.env;
  const daemon = await spawnDaemon({
    name,
    command,
    args,
    cwd: directory,
    logFile: join(directory, logFolder, `${name}.log`),
    // Not the whole environment of the step, which contains tokens and inputs. The runner uses
    // RUNNER_TRACKING_ID to end the processes of a cancelled job.
    env: { PATH, HOME, TMPDIR, RUNNER_TRACKING_ID },
  });
  await registerProcess(directory, name, daemon.pid);
  return daemon;
}

/** Returns a loopback port that nothing listens on now. Another process may take it a moment later. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening, failed) =>
    server.once('error', failed).listen(0, '127.0.0.1', listening),
  );
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
