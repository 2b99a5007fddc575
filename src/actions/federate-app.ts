import { definition } from '../identity/definition.ts';
import { action } from './edge.ts';

/** The program of federate-app. */
export const start = action(definition, () => import('../identity/index.ts'));
