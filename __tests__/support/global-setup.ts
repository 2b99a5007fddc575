import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from '../../src/cluster/programs/index.ts';
import { createCommands, noJobCache, systemClock, toolCacheRoot } from '../../src/runtime/index.ts';

/** Builds the programs of the embedded cluster before any test runs, so that no test's time limit includes the first build. */
export default async function prepare(): Promise<void> {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'programs-'));
  process.env.RUNNER_TOOL_CACHE = toolCacheRoot(process.env, temporaryDirectory);
  const held: string[] = [];
  let print = (line: string): void => void held.push(line);
  // Only a build takes longer than this, and only a build is worth a line.
  const timer = setTimeout(() => {
    print = console.error;
    for (const line of held) print(line);
  }, 2_000);
  try {
    await ensurePrograms({
      log: {
        info: (line) => print(line),
        warning: console.error,
        debug: () => undefined,
        group: (_, phase) => phase(),
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
    clearTimeout(timer);
    rmSync(temporaryDirectory, { recursive: true, force: true });
  }
}
