import { dirname, join } from 'node:path';
import { cleanUp, definition, runWith } from '../emulate/index.ts';
import { action } from './edge.ts';

/** The program of the action start-emulator. The emulator itself is the program beside it. */
export const start = action(
  definition,
  runWith({ node: process.execPath, file: join(dirname(process.argv[1] ?? ''), 'emulator.js') }),
  cleanUp,
);
