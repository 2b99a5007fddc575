export * from './issue.ts';
export * from './validity.ts';
export * from './x509.ts';
