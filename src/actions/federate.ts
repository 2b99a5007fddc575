import { definition } from '../chain/definition.ts';
import { action } from './edge.ts';

/** The program of the root action: the whole chain in one step. */
export const start = action(definition, () => import('../chain/index.ts'));
