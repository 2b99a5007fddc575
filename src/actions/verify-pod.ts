import { definition } from '../verify/definition.ts';
import { action } from './edge.ts';

/** The program of verify-pod. */
export const start = action(definition, () => import('../verify/index.ts'));
