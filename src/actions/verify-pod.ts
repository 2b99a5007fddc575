import { cleanUp, definition, run } from '../verify/index.ts';
import { action } from './edge.ts';

export const start = action(definition, run, cleanUp);
