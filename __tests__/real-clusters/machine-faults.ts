import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Workshop } from '../support/workshop.ts';
import { containersOf, type NodeProvider } from './support.ts';

/** Runs a command as root: on a hosted runner by sudo. */
function asRoot(...[program, ...args]: readonly [string, ...string[]]): void {
  const command =
    process.getuid?.() === 0 ? [program, ...args] : ['sudo', '--non-interactive', program, ...args];
  execFileSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' });
}

/** A small disk at a folder. Returns what takes it away. */
export function smallDisk(folder: string, size: string): () => void {
  mkdirSync(folder, { recursive: true });
  asRoot('mount', '-t', 'tmpfs', '-o', `size=${size},mode=1777`, 'tmpfs', folder);
  return () => asRoot('umount', folder);
}

/** A port that something listens on until it is released. */
export async function takenPort(): Promise<{ readonly port: number; release(): void }> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return { port: address.port, release: () => void server.close() };
}

/** Waits until a node's container of the cluster is there, while the start goes on. */
export async function someNode(name: string, starting: Promise<unknown>): Promise<void> {
  let over = false;
  void starting.finally(() => {
    over = true;
  });
  while ((await containersOf(name)).length === 0) {
    if (over) throw new Error('the start ended before there was a node');
    await sleep(100);
  }
}

/** Pid of the tool that starts the cluster of this name. */
export function toolProcess(provider: NodeProvider, name: string): number {
  const command = provider === 'kind' ? `create cluster --name=${name} ` : `start --profile=${name} `;
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const own = lines.filter((line) => line.includes(command));
  expect(own).toHaveLength(1);
  return Number.parseInt(own[0] ?? '', 10);
}

/** Puts stand-ins first on PATH that run the real programs as a user without any groups. */
export function runAsNobody(shop: Workshop, ...programs: readonly string[]): void {
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
