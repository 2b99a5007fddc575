import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms, type Programs } from '../src/cluster/programs/index.ts';
import { createCommands, noJobCache, systemClock } from '../src/runtime/index.ts';

/** Makes the programs of the embedded cluster ready, printing progress: the first time on a machine they are built, in minutes. */
export async function prepareEmbeddedPrograms(): Promise<Programs> {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'programs-'));
  const print = (message: string) => console.log(message);
  try {
    return await ensurePrograms({
      log: {
        info: print,
        debug: () => undefined,
        warning: print,
        group: (title, phase) => {
          print(title);
          return phase();
        },
        mask: () => undefined,
      },
      clock: systemClock,
      fetch,
      ...createCommands(process.env),
      env: process.env,
      temporaryDirectory,
      cache: noJobCache,
    });
  } finally {
    rmSync(temporaryDirectory, { recursive: true, force: true });
  }
}
