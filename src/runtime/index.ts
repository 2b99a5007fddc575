export * from './action.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './inputs.ts';
export * from './log.ts';
export * from './process.ts';
export * from './retry.ts';
export * from './summary.ts';
