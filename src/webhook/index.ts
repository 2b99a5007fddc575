export { cleanUp } from './clean-up.ts';
export * from './contract.ts';
export { definition } from './definition.ts';
export * from './mutation.ts';
export { run } from './run.ts';
