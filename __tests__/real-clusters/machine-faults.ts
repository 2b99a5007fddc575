import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Workshop } from '../support/workshop.ts';
import { listContainers, type NodeProvider } from './support.ts';

/** Runs a command as root, with sudo on a hosted runner. */
function asRoot(...[program, ...args]: readonly [string, ...string[]]): void {
  const command =
    process.getuid?.() === 0 ? [program, ...args] : ['sudo', '--non-interactive', program, ...args];
  execFileSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' });
}

/** Mounts a small disk at a folder. Returns a function that unmounts it. */
export function mountSmallDisk(folder: string, size: string): () => void {
  mkdirSync(folder, { recursive: true });
  asRoot('mount', '-t', 'tmpfs', '-o', `size=${size},mode=1777`, 'tmpfs', folder);
  return () => asRoot('umount', folder);
}

/** Listens on a port until it is released. */
export async function occupyPort(): Promise<{ readonly port: number; release(): void }> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return { port: address.port, release: () => void server.close() };
}

/** Waits until a node of the cluster exists. Throws if the start finishes before that. */
export async function waitForNode(name: string, starting: Promise<unknown>): Promise<void> {
  let over = false;
  void starting.finally(() => {
    over = true;
  });
  while ((await listContainers(name)).length === 0) {
    if (over) throw new Error('the start finished before a node existed');
    await sleep(100);
  }
}

/** Returns the pid of the tool that starts the cluster of this name. */
export function findToolProcess(provider: NodeProvider, name: string): number {
  const command = provider === 'kind' ? `create cluster --name=${name} ` : `start --profile=${name} `;
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const own = lines.filter((line) => line.includes(command));
  expect(own).toHaveLength(1);
  return Number.parseInt(own[0] ?? '', 10);
}

/** Adds wrappers to PATH that run the real programs as a user without any groups. */
export function runUnprivileged(shop: Workshop, ...programs: readonly string[]): void {
  const home = shop.path('home');
  mkdirSync(home);
  chmodSync(home, 0o777);
  chmodSync(shop.folder, 0o755);
  const sudo = process.getuid?.() === 0 ? '' : 'sudo --non-interactive --preserve-env ';
  for (const program of programs) {
    const real = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    const copy = shop.path(`${program}-itself`);
    copyFileSync(real, copy);
    shop.program(
      `bin/${program}`,
      `export HOME=${home} MINIKUBE_HOME=${home}
[ $(id -u) = 65534 ] && exec ${copy} "$@"
exec ${sudo}setpriv --reuid=65534 --regid=65534 --clear-groups ${copy} "$@"`,
    );
  }
}
