export type { SignInDeps } from './deps.ts';
export * from './sign-in.ts';
export * from './tenant.ts';
