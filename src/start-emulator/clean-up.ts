import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type CleanUp, defineState, lastLogLines, stopDaemon } from '../runtime/index.ts';
import type { definition } from './definition.ts';

export const logName = 'emulator.log';

/** What the post step stops and deletes. `process` is absent if it was never started. */
export const runningEmulator = defineState(
  'emulator',
  v.object({
    directory: v.string(),
    process: v.optional(v.object({ name: v.string(), pid: v.number(), startTime: v.string() })),
  }),
);

/** Stops the emulator and deletes its files. */
export const cleanUp: CleanUp<typeof definition> = async (_, deps) => {
  const saved = runningEmulator.read(deps);
  if (saved === undefined) return;
  const { directory, process } = saved;
  const wasRunning = process !== undefined && (await stopDaemon(process, deps));
  for (const line of await lastLogLines(join(directory, logName), 50)) deps.log.debug(`emulator: ${line}`);
  await rm(directory, { recursive: true, force: true });
  deps.log.info(`${wasRunning ? 'Stopped the Azure emulator and deleted' : 'Deleted'} ${directory}`);
};
