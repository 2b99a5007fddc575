import { cleanUp, definition, run } from '../keys/index.ts';
import { action } from './edge.ts';

/** The program of generate-keys. */
export const start = action(definition, run, cleanUp);
