export * from './client.ts';
export * from './errors.ts';
export * from './objects.ts';
export * from './service-accounts.ts';
