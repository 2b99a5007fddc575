import { definition } from '../issuer/definition.ts';
import { action } from './edge.ts';

/** The program of publish-issuer. */
export const start = action(definition, () => import('../issuer/index.ts'));
