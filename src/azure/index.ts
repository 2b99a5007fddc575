export * from './environment.ts';
export * from './inputs.ts';
export * from './sign-in/sign-in.ts';
export * from './sign-in/tenant.ts';
export * from './trust.ts';
