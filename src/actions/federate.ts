import { cleanUp, definition, run } from '../federate/index.ts';
import { action } from './edge.ts';

/** The program of the root action: the whole chain in one step. */
export const start = action(definition, run, cleanUp);
