import { cleanUp, definition, run } from '../issuer/index.ts';
import { action } from './edge.ts';

/** The program of publish-issuer. */
export const start = action(definition, run, cleanUp);
