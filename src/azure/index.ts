export * from './environment.ts';
export * from './inputs.ts';
export * from './sign-in.ts';
export * from './tenant.ts';
export * from './trust.ts';
