export { cleanUp } from './clean-up.ts';
export { definition } from './definition.ts';
export { run } from './run.ts';
