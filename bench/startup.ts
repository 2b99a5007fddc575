import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { actions } from '../src/actions/registry.ts';

// The time to start each built program, compared to a bare `node -e 0`: first up to an invalid input, then up to a missing
// kubeconfig, when the cluster client is loaded.
const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'startup-'));
const base = { PATH: process.env.PATH, RUNNER_TEMP: folder };
const refused = {
  ...base,
  'INPUT_MODULUS-LENGTH': 'none',
  INPUT_STORAGE: 'none of these',
  'INPUT_CLUSTER-PROVIDER': 'none',
  INPUT_PLAN: 'none',
  INPUT_REPLICAS: 'none',
  INPUT_TIMEOUT: 'none',
};
const withoutCluster = {
  ...base,
  INPUT_KUBECONFIG: join(folder, 'kubeconfig'),
  'INPUT_TENANT-ID': '00000000-0000-0000-0000-000000000001',
  'INPUT_CLIENT-ID': '00000000-0000-0000-0000-000000000002',
  'INPUT_SERVICE-ACCOUNT': 'demo/reader',
  'INPUT_ISSUER-URL': 'https://issuer.example/',
};

const bare = median(['-e', '0'], base);
console.log(`${'node -e 0'.padEnd(34)} ${bare.toFixed(0).padStart(5)} ms`);
// start-emulator has no input that it refuses.
for (const name of Object.keys(actions).filter((name) => name !== 'start-emulator')) {
  show(name, median([resolve('dist', `${name}.js`)], refused));
}
for (const name of ['install-webhook', 'verify-pod']) {
  show(`${name}, cluster client loaded`, median([resolve('dist', `${name}.js`)], withoutCluster));
}
rmSync(folder, { recursive: true, force: true });

function show(what: string, time: number): void {
  console.log(`${what.padEnd(34)} ${time.toFixed(0).padStart(5)} ms  ${(time / bare).toFixed(1)} times`);
}

/** Median of the runs, in milliseconds. */
function median(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { env, stdio: 'ignore' });
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
