export { definition } from './definition.ts';
export { run } from './run.ts';
