export * from './action.ts';
export * from './cancellation.ts';
export * from './daemon.ts';
export * from './deps.ts';
export * from './inputs.ts';
export * from './process-identity.ts';
export * from './summary.ts';
export * from './wait.ts';
