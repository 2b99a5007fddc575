export { definition } from './definition.ts';
export { cleanUp, type EmulatorProgram, runWith } from './run.ts';
