import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// What it costs to start each built program, beside a bare `node -e 0`: the action ends at its first invalid input, after all
// that it imports at its start has been read. What it reads later, when it needs it, is not in here.
const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'startup-'));
const env = {
  PATH: process.env.PATH,
  RUNNER_TEMP: folder,
  'INPUT_MODULUS-LENGTH': 'none',
  INPUT_STORAGE: 'none of these',
  'INPUT_CLUSTER-PROVIDER': 'none',
  INPUT_PLAN: 'none',
  INPUT_REPLICAS: 'none',
  INPUT_TIMEOUT: 'none',
};

const bare = median(['-e', '0']);
console.log(`${'node -e 0'.padEnd(18)} ${bare.toFixed(0).padStart(5)} ms`);
for (const name of [
  'generate-keys',
  'publish-issuer',
  'start-minikube',
  'federate-app',
  'install-webhook',
  'verify-pod',
  'federate',
]) {
  const time = median([resolve('dist', `${name}.js`)]);
  console.log(`${name.padEnd(18)} ${time.toFixed(0).padStart(5)} ms  ${(time / bare).toFixed(1)} times`);
}
rmSync(folder, { recursive: true, force: true });

/** Median of the runs, in milliseconds. */
function median(args: readonly string[]): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    spawnSync(process.execPath, args, { env, stdio: 'ignore' });
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
