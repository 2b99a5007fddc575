// Runs a TypeScript program of this repository on the Node that package.json pins, installing the dependencies first if
// they are missing or older than the lockfile. Plain JavaScript without imports from node_modules: it must run in a fresh
// clone, on any recent Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-from');
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing the dependencies (npm ci; about a minute the first time) …');
  // The npm that runs this script, on the node that runs it: by its name alone it would start on the pinned node once that is
  // installed, and no longer find its own configuration.
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  const [command, ...before] = node && npm ? [node, npm] : ['npm'];
  const { status } = spawnSync(command, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}

const bin = join(root, 'node_modules', '.bin');
const [program, ...args] = process.argv.slice(2);
const child = spawn(
  join(bin, 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, program), ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  },
);
// Ctrl-C reaches the program through the terminal already; a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
