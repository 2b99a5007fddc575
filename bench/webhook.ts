import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAzureEnvironment } from '../src/azure/index.ts';
import { type Cluster, connectCluster, read, remove } from '../src/kubernetes/index.ts';
import { createCommands, type Deps, noJobCache, parseInputs, systemClock } from '../src/runtime/index.ts';
import { toWebhookAuthority } from '../src/webhook/authority.ts';
import { configurationKind, configurationName, systemNamespace } from '../src/webhook/contract.ts';
import { cleanUp, definition, run } from '../src/webhook/index.ts';
import { buildAccessRules, buildNamespace } from '../src/webhook/objects.ts';
import { ensureProbeAccount, findMissingMutation } from '../src/webhook/readiness.ts';

// Seconds until the first labelled pod comes back mutated, in the cluster of KUBECONFIG, from nothing each time:
//   node bench/webhook.ts [runs] [method …]      methods: manifest, helm, helm-wait
// `helm-wait` is what the manual steps do, with a chart whose Secret is empty as the published one's is: the webhook makes its own certificates.
const chart = '__tests__/webhook/chart';
const tenantId = '11111111-2222-4333-8444-555555555555';
const limitSeconds = 240;
const [runs = '10', ...chosen] = process.argv.slice(2);
const methods = chosen.length > 0 ? chosen : ['manifest', 'helm', 'helm-wait'];
const folder = mkdtempSync(join(tmpdir(), 'bench-webhook-'));
const environment = await loadAzureEnvironment('public');
const cluster = await connectCluster({}, { env: process.env });

try {
  await removeAll(cluster);
  for (const method of methods) {
    const seconds: number[] = [];
    for (let count = 0; count < Number(runs); count++) {
      seconds.push(method === 'helm-wait' ? await helmWait() : await action(method));
      await removeAll(cluster);
    }
    console.log(`${method.padEnd(10)} ${seconds.map((one) => one.toFixed(1).padStart(6)).join('')}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What install-webhook measures of itself, from the first change to the first mutation. */
async function action(method: string): Promise<number> {
  const saved = new Map<string, string>();
  const deps: Deps = {
    log: {
      info: () => undefined,
      debug: () => undefined,
      warning: console.warn,
      group: (_, phase) => phase(),
      mask: () => undefined,
    },
    clock: systemClock,
    fetch,
    ...createCommands(process.env),
    env: process.env,
    temporaryDirectory: folder,
    state: { save: (name, value) => void saved.set(name, value), read: (name) => saved.get(name) ?? '' },
    exportVariable: () => undefined,
    cache: noJobCache,
  };
  const given: Readonly<Record<string, string | undefined>> = {
    'tenant-id': tenantId,
    method,
    'on-exit': 'remove',
    ...(method === 'helm' && { chart }),
    image: process.env.FEDERATION_RIG_WEBHOOK_IMAGE,
  };
  const inputs = parseInputs(
    definition.inputs,
    (name) => given[name],
    () => undefined,
  );
  const { outputs } = await run(inputs, deps);
  await cleanUp(inputs, deps);
  return Number(outputs['ready-seconds']);
}

async function helmWait(): Promise<number> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  spawnSync(
    'helm',
    [
      ...[
        'install',
        'workload-identity-webhook',
        chart,
        '--create-namespace',
        `--namespace=${systemNamespace}`,
      ],
      ...[`--set=azureTenantID=${tenantId}`, '--wait', `--timeout=${limitSeconds}s`],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await ensureProbeAccount(cluster);
  while (seconds() < limitSeconds) {
    const missing = await findMissingMutation(cluster, {
      tenantId,
      authority: toWebhookAuthority(environment),
    });
    if (missing === undefined) return seconds();
    await systemClock.sleep(0.25);
  }
  return Number.POSITIVE_INFINITY;
}

/** Leaves nothing of an installation, and waits until it is gone. */
async function removeAll(from: Cluster): Promise<void> {
  await remove(from, { ...configurationKind, metadata: { name: configurationName } });
  for (const { apiVersion, kind, metadata } of buildAccessRules())
    if (metadata.namespace === undefined)
      await remove(from, { apiVersion, kind, metadata: { name: metadata.name } });
  await remove(from, buildNamespace());
  while ((await read(from, buildNamespace())) !== undefined) await systemClock.sleep(0.5);
}
