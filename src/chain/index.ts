export { definition } from './definition.ts';
export { cleanUp, run } from './run.ts';
