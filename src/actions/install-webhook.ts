import { definition } from '../webhook/definition.ts';
import { action } from './edge.ts';

/** The program of install-webhook. */
export const start = action(definition, () => import('../webhook/run.ts'));
