export * from './client.ts';
export * from './definition.ts';
export * from './errors.ts';
export * from './kubeconfig.ts';
export * from './objects.ts';
