import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { platform } from 'node:os';
import { errorCode } from '../errors/index.ts';

/** Thrown while another process of this machine holds the same lock. */
export class LockHeldError extends Error {}

/**
 * Runs `work` while this process alone holds the lock `name`. The kernel releases the lock when the process is killed, which no lock
 * file does. It excludes processes of one machine; on macOS, which has no such names, it excludes nothing. Throws LockHeldError.
 */
export async function holdLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const address = toAddress(name);
  if (address === undefined) return work();
  const server = await listen(address);
  try {
    return await work();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function toAddress(name: string): string | undefined {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  if (platform() === 'linux') return `\0entra-kubernetes-federation/${digest}`;
  if (platform() === 'win32') return `\\\\.\\pipe\\entra-kubernetes-federation-${digest}`;
  return undefined;
}

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) =>
      reject(errorCode(error) === 'EADDRINUSE' ? new LockHeldError('another process holds the lock') : error),
    );
    server.listen({ path: address, exclusive: true }, () => resolve(server));
  });
}
