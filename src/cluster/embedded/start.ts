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
import { apiServerFlags, etcdFlags, etcdSocket } from './flags.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { registerProcess } from './processes.ts';

const etcdSeconds = 30;
const apiServerSeconds = 90;

/** Folder of the parts' logs within the cluster's. */
export const logFolder = 'logs';

/** Starts etcd and kube-apiserver in the cluster's folder and waits until the API server is ready. */
export async function startParts(request: ClusterRequest, programs: Programs, deps: Deps): Promise<Access> {
  // The folder of the parts is their working folder, so that short names in it do.
  const key = {
    privateKeyFile: resolve(request.key.privateKeyFile ?? ''),
    publicKeyFile: resolve(request.key.publicKeyFile),
  };
  await mkdir(request.directory, { recursive: true, mode: 0o700 });
  const token = await writeAdminToken(request.directory, deps);
  const etcd = await launch('etcd', programs.etcd, etcdFlags(), request.directory, deps);
  await waitForDaemons(
    {
      what: 'etcd',
      daemons: [etcd],
      budgetSeconds: etcdSeconds,
      probe: () => access(join(request.directory, etcdSocket)).then(() => undefined),
    },
    deps,
  );
  return retry(
    {
      what: 'a free port',
      budgetSeconds: 30,
      firstDelaySeconds: 0.1,
      isTransient: (error) => error instanceof PortTakenError,
    },
    deps,
    () => startApiServer({ ...request, key }, programs, { etcd, token }, deps),
  );
}

class PortTakenError extends Error {}

async function startApiServer(
  request: Parameters<typeof apiServerFlags>[0] & Pick<ClusterRequest, 'name' | 'directory'>,
  programs: Programs,
  { etcd, token }: { readonly etcd: Daemon; readonly token: string },
  deps: Deps,
): Promise<Access> {
  const { directory, name } = request;
  const port = await freePort();
  const program = programs['kube-apiserver'];
  const flags = apiServerFlags(request, port);
  await rm(join(directory, logFolder, 'kube-apiserver.log'), { force: true });
  const apiServer = await launch('kube-apiserver', program, flags, directory, deps);
  const access = { kubeconfig: join(directory, 'kubeconfig'), context: name };
  let cluster: Cluster | undefined;
  const probe = async () => {
    if (cluster === undefined) {
      const certificateAuthority = await ownCertificate(directory);
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
    throw await explained(error, apiServer, port);
  }
}

async function explained(error: unknown, apiServer: Daemon, port: number): Promise<unknown> {
  if (!(error instanceof FederationError) || error.code !== 'program-ended') return error;
  const lines = await lastLogLines(apiServer.logFile, 40);
  if (lines.some((line) => line.includes('address already in use')))
    return new PortTakenError(`port ${port} was taken meanwhile`);
  // With a flag that it does not know, the program prints all its flags and the reason last.
  const flag = lines.find((line) => /^(Error: )?(unknown|invalid).*(flag|argument)/i.test(line));
  if (flag === undefined) return error;
  return new FederationError(`failed to start kube-apiserver: ${flag}`, {
    code: 'arguments-refused',
    hint: 'Correct the input arguments: one flag of kube-apiserver a line, such as --v=2.',
    cause: error,
  });
}

// kube-apiserver makes itself a certificate and writes its key last.
async function ownCertificate(directory: string): Promise<string> {
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
    // Not the step's whole environment: it holds tokens and inputs. By RUNNER_TRACKING_ID the runner ends what a cancelled job leaves.
    env: { PATH, HOME, TMPDIR, RUNNER_TRACKING_ID },
  });
  await registerProcess(directory, name, daemon.pid);
  return daemon;
}

/** A loopback port that nobody listens on now; somebody may a moment later. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening, failed) =>
    server.once('error', failed).listen(0, '127.0.0.1', listening),
  );
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
