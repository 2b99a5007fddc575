import { definition } from '../entra/definition.ts';
import { action } from './edge.ts';

/** The program of federate-app. */
export const start = action(definition, () => import('../entra/index.ts'));
