import { cleanUp, definition, run } from '../entra/index.ts';
import { action } from './edge.ts';

export const start = action(definition, run, cleanUp);
