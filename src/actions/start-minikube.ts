import { definition } from '../cluster/definition.ts';
import { action } from './edge.ts';

/** The program of start-minikube. */
export const start = action(definition, () => import('../cluster/index.ts'));
