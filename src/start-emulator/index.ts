export { cleanUp } from './clean-up.ts';
export { definition } from './definition.ts';
export { type EmulatorProgram, runWith } from './run.ts';
