export * from './client.ts';
export * from './service-accounts.ts';
