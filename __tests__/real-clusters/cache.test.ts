import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';
import { serveImage } from './registry.ts';
import { type ClusterJob, clusterJob, machineInputs, type NodeProvider } from './support.ts';

// The real tools, through dist. Each job runs on a new runner, with the same cache service.
let shop: Workshop;
let service: CacheService;
let run: ClusterJob;
beforeEach(async () => {
  shop = workshop();
  service = await cacheService(shop.path('service'));
  run = clusterJob(service.env);
});
afterEach(async () => {
  await run.close();
  await service.close();
  shop.remove();
});

const name = 'federation-kept';

/** Runs a job that starts a cluster, which the post step deletes. Returns the errors of the start. */
async function job(
  provider: NodeProvider,
  inputs: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  mkdirSync(run.job.temporaryDirectory, { recursive: true });
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  const { errors } = await run.job.step('Cluster', 'actions/start-minikube', {
    'cluster-provider': provider,
    'cluster-name': name,
    'issuer-url': 'https://issuer.example.org/oidc/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...inputs,
  });
  await run.job.finish();
  return errors;
}

const readLog = () => run.log.map(({ text }) => text).join('\n');
const warnings = () => run.log.filter(({ kind }) => kind === 'warning');

test("kind's node image is pulled by the first job and loaded from the cache by later ones", async () => {
  const { image, remove } = createNodeImage();
  const registry = await serveImage(image, shop.path('registry'));
  try {
    remove();
    expect(await job('kind', { 'node-image': registry.reference })).toEqual([]);
    await registry.close();
    expect(service.keys).toEqual([expect.stringMatching(/^entra-federation-kind-node-/)]);
    forgetImages(registry.reference);

    expect(await job('kind', { 'node-image': registry.reference })).toEqual([]);
    expect(readLog()).toContain('Loading the node image from the cache of an earlier job');
    expect(warnings()).toEqual([]);
  } finally {
    await registry.close();
    forgetImages(registry.reference);
  }
});

/** Creates a node image that nothing else on this machine uses: the usual one with one more layer. */
function createNodeImage(): { readonly image: string; remove(): void } {
  const base = machineInputs('kind')['node-image'] ?? 'kindest/node:v1.34.0';
  const docker = (...args: readonly string[]) => execFileSync('docker', args, { encoding: 'utf8' }).trim();
  const container = docker('create', base);
  docker('cp', shop.file('mark', 'of its own'), `${container}:/mark`);
  const image = 'federation-test/node:kept';
  docker('commit', container, image);
  docker('rm', container);
  return { image, remove: () => void docker('rmi', image) };
}

function forgetImages(reference: string): void {
  const digest = reference.split('@sha256:')[1] ?? '';
  for (const image of [reference, `entra-federation/kind-node:${digest}`]) {
    try {
      execFileSync('docker', ['rmi', image], { stdio: 'ignore' });
    } catch {
      // The image does not exist, because the test failed earlier.
    }
  }
}

test("minikube's downloads are downloaded by the first job only", async () => {
  const mirror = await serveBinaries();
  const inputs = machineInputs('minikube');
  const from = { ...inputs, arguments: [inputs.arguments ?? '', ...mirror.arguments].join('\n') };
  const downloads = join(run.minikubeHome, 'cache');
  try {
    rmSync(downloads, { force: true });
    expect(await job('minikube', from)).toEqual([]);
    expect(service.keys).toEqual([expect.stringMatching(/^entra-federation-minikube-/)]);
    const archive = execFileSync('tar', ['-P', '-tf', service.archiveOf(service.keys[0] ?? '')], {
      encoding: 'utf8',
    });
    expect(archive).toContain('/kubelet');
    expect(archive).not.toMatch(/sa\.(key|pub)/);

    rmSync(downloads, { recursive: true });
    const before = mirror.requests.length;
    expect(await job('minikube', from)).toEqual([]);
    expect(readLog()).toContain("Restored minikube's downloads from the cache of an earlier job");
    expect(mirror.requests.slice(before)).toEqual([]);
    expect(warnings()).toEqual([]);
  } finally {
    await mirror.close();
  }
});

/** Serves kubeadm, kubelet and kubectl to minikube if this machine has them but cannot download them. */
async function serveBinaries() {
  const { MINIKUBE_HOME = '', FEDERATION_RIG_KUBERNETES_VERSION: version } = process.env;
  const requests: string[] = [];
  if (version === undefined) return { arguments: [], requests, close: async () => undefined };
  const folder = join(MINIKUBE_HOME, '.minikube', 'cache', 'linux', 'amd64', version);
  const server = await serve(({ url = '' }, response) => {
    requests.push(url);
    const file = join(folder, basename(url, '.sha256'));
    if (!existsSync(file)) return response.writeHead(404).end();
    if (!url.endsWith('.sha256')) return createReadStream(file).pipe(response);
    return response.end(createHash('sha256').update(readFileSync(file)).digest('hex'));
  });
  return { arguments: [`--binary-mirror=${server.url}`], requests, close: server.close };
}
