import { cleanUp, definition, run } from '../cluster/index.ts';
import { action } from './edge.ts';

/** The program of the action start-minikube. */
export const start = action(definition, run, cleanUp);
