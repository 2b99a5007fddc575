import { definition } from '../keys/definition.ts';
import { action } from './edge.ts';

/** The program of generate-keys. */
export const start = action(definition, () => import('../keys/index.ts'));
