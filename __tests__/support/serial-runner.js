import { createServer } from 'node:net';
import TestRunner from 'jest-runner';

/**
 * Runs one test file at a time on the whole machine, also if several runs of Jest are active: clusters need the machine to
 * themselves, and the program of the webhook has a fixed port (9443).
 */
export default class SerialRunner extends TestRunner {
  isSerial = true;

  async runTests(tests, watcher, options) {
    for (const test of tests) {
      const release = await lockMachine();
      try {
        await super.runTests([test], watcher, options);
      } finally {
        await release();
      }
    }
  }
}

/** Waits for a name that the kernel gives to one process and takes back when that process ends. Only Linux has such names. */
async function lockMachine() {
  if (process.platform !== 'linux') return async () => undefined;
  for (let attempt = 1; ; attempt++) {
    const server = await listen('\0entra-kubernetes-federation/tests-with-clusters');
    if (server !== undefined) return () => new Promise((resolve) => server.close(resolve));
    if (attempt === 1) console.error('Waiting for a test with clusters of another run on this machine');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function listen(path) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen({ path, exclusive: true }, () => resolve(server));
  });
}
