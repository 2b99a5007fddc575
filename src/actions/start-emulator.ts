import { dirname, join } from 'node:path';
import { definition } from '../start-emulator/definition.ts';
import { action } from './edge.ts';

/** The program of start-emulator. The emulator itself is the program beside it. */
export const start = action(definition, async () => {
  const { cleanUp, runWith } = await import('../start-emulator/index.ts');
  const emulator = { node: process.execPath, file: join(dirname(process.argv[1] ?? ''), 'emulator.js') };
  return { run: runWith(emulator), cleanUp };
});
