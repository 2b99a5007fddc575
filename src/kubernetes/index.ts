export * from './client.ts';
export * from './errors.ts';
export * from './inputs.ts';
export * from './objects.ts';
export * from './service-account-ref.ts';
export * from './service-accounts.ts';
