import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clusterJob, machineInputs, type NodeProvider } from '../__tests__/real-clusters/support.ts';

/**
 * Compares the time of start-minikube on this machine with what it replaces: the manual steps (start, cp, cp,
 * stop, start) with minikube, and the bare tools with the same flags and without verification. Usage: node
 * bench/clusters.ts [rounds]. Needs Docker, minikube and kind.
 */
const rounds = Number(process.argv[2] ?? 2);
const issuer = 'https://issuer.example.org/oidc/';
const name = 'federation-bench';
const machine = {
  minikube: (machineInputs('minikube').arguments ?? '').split('\n').filter(Boolean),
  version: machineInputs('minikube')['kubernetes-version'],
  image: machineInputs('kind')['node-image'],
};
const version = machine.version === undefined ? [] : [`--kubernetes-version=${machine.version}`];
const certificates = '/var/lib/minikube/certs';
const flags = [
  `--extra-config=apiserver.service-account-issuer=${issuer}`,
  `--extra-config=apiserver.service-account-signing-key-file=${certificates}/sa.key`,
  `--extra-config=apiserver.service-account-key-file=${certificates}/sa.pub`,
  `--extra-config=controller-manager.service-account-private-key-file=${certificates}/sa.key`,
];
const times = new Map<string, number[]>();

for (let round = 1; round <= rounds; round++) {
  console.log(`round ${round} of ${rounds}`);
  await measure('minikube: start, cp, cp, stop, start', 'minikube', manualSteps);
  await measure('minikube: bare, one start', 'minikube', bareMinikube);
  await measure('minikube: the action, with its verification', 'minikube', (run) => action(run, 'minikube'));
  await measure('kind: bare, with a configuration file', 'kind', bareKind);
  await measure('kind: the action, with its verification', 'kind', (run) => action(run, 'kind'));
}
const width = Math.max(...[...times.keys()].map((what) => what.length));
console.log();
for (const [what, seconds] of times) {
  const list = seconds.map((value) => value.toFixed(1).padStart(6)).join('');
  console.log(
    `${what.padEnd(width)}  best ${Math.min(...seconds)
      .toFixed(1)
      .padStart(5)} s  all${list}`,
  );
}

type Run = ReturnType<typeof clusterJob>;

async function measure(what: string, tool: NodeProvider, start: (run: Run) => Promise<void>): Promise<void> {
  const run = clusterJob();
  try {
    const started = performance.now();
    await start(run);
    const seconds = (performance.now() - started) / 1000;
    console.log(`  ${what}: ${seconds.toFixed(1)} s`);
    times.set(what, [...(times.get(what) ?? []), seconds]);
  } finally {
    await run.job.finish();
    const remove =
      tool === 'kind' ? ['delete', 'cluster', `--name=${name}`] : ['delete', `--profile=${name}`];
    spawnSync(tool, remove, { env: { ...run.env }, stdio: 'ignore' });
    await run.close();
  }
}

function tool(run: Run, program: NodeProvider, ...args: readonly string[]): void {
  const env = { ...run.env, KUBECONFIG: run.shop.path('kubeconfig') };
  const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

async function manualSteps(run: Run): Promise<void> {
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  const start = ['start', `--profile=${name}`, ...version, ...machine.minikube];
  tool(run, 'minikube', ...start);
  tool(run, 'minikube', 'cp', `--profile=${name}`, privateKeyFile, `${certificates}/sa.key`);
  tool(run, 'minikube', 'cp', `--profile=${name}`, publicKeyFile, `${certificates}/sa.pub`);
  tool(run, 'minikube', 'stop', `--profile=${name}`);
  tool(run, 'minikube', ...start, ...flags);
}

async function bareMinikube(run: Run): Promise<void> {
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  run.shop.file(
    `minikube/.minikube/files${certificates}/sa.key`,
    readFileSync(privateKeyFile, 'utf8'),
    0o600,
  );
  run.shop.file(`minikube/.minikube/files${certificates}/sa.pub`, readFileSync(publicKeyFile, 'utf8'));
  tool(run, 'minikube', 'start', `--profile=${name}`, ...version, ...machine.minikube, ...flags);
}

async function bareKind(run: Run): Promise<void> {
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  const config = run.shop.file(
    'kind.yaml',
    `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    extraMounts:
      - { hostPath: ${privateKeyFile}, containerPath: /etc/kubernetes/pki/sa.key }
      - { hostPath: ${publicKeyFile}, containerPath: /etc/kubernetes/pki/sa.pub }
kubeadmConfigPatches:
  - |
    kind: ClusterConfiguration
    apiServer: { extraArgs: { service-account-issuer: ${issuer} } }
`,
  );
  const image = machine.image === undefined ? [] : [`--image=${machine.image}`];
  tool(run, 'kind', 'create', 'cluster', `--name=${name}`, `--config=${config}`, '--wait=120s', ...image);
}

async function action(run: Run, provider: NodeProvider): Promise<void> {
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  const { errors } = await run.job.step('Cluster', 'actions/start-minikube', {
    'cluster-provider': provider,
    'cluster-name': name,
    'issuer-url': issuer,
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...machineInputs(provider),
  });
  if (errors.length > 0) throw new Error(errors.join('\n'));
}
