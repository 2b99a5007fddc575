export * from './contract.ts';
export { definition } from './definition.ts';
export * from './mutation.ts';
export { cleanUp, run } from './run.ts';
