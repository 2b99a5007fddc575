import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// Compares generate-keys with the two commands that it replaces, in turns, so that both see the same machine. The built program
// runs as on a runner and writes a key pair of 2048 bits, its key ID and the JWKS, which openssl does not compute. The time for an
// RSA key pair varies, so the medians of many runs are compared.
const runs = Number(process.argv[2] ?? 30);
const program = resolve(process.argv[3] ?? 'dist', 'generate-keys.js');
const folder = mkdtempSync(join(tmpdir(), 'keys-'));
try {
  const withOpenssl = spawnSync('openssl', ['version']).status === 0;
  const times = { action: [] as number[], openssl: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.action.push(timed(() => generateKeys(join(folder, `${run}`))));
    if (withOpenssl) times.openssl.push(timed(() => openssl(join(folder, `${run}-openssl`))));
  }
  report(`generate-keys (${program})`, times.action);
  if (withOpenssl) report('openssl genrsa; openssl rsa -pubout', times.openssl);
  else console.log('openssl is not installed: nothing to compare with');
} finally {
  rmSync(folder, { recursive: true });
}

function generateKeys(work: string): void {
  mkdirSync(work);
  const files = { GITHUB_OUTPUT: join(work, 'output'), GITHUB_STATE: join(work, 'state') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const { status, stderr } = spawnSync(process.execPath, [program], {
    env: { ...files, RUNNER_TEMP: work, 'INPUT_MODULUS-LENGTH': '2048' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`generate-keys failed: ${stderr}`);
}

function openssl(work: string): void {
  mkdirSync(work);
  const [key, pub] = [join(work, 'sa.key'), join(work, 'sa.pub')];
  spawnSync('openssl', ['genrsa', '-out', key, '2048'], { stdio: 'ignore' });
  spawnSync('openssl', ['rsa', '-in', key, '-pubout', '-out', pub], { stdio: 'ignore' });
  if (!existsSync(pub)) throw new Error('openssl made no key');
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(0);
  console.log(`${what}: median ${at(0.5)} ms, from ${at(0)} to ${at(1)} ms (${times.length} runs)`);
}
