/** The checks in the order of the chain: each relies on what the earlier ones proved. */
export const checkIds = [
  'key-files',
  'discovery-document',
  'published-jwks',
  'cluster-issuer',
  'cluster-key',
  'token',
  'service-account',
  'federated-credential',
  'webhook-ready',
  'pod-mutated',
  'token-exchange',
  'key-vault-read',
  'pod',
] as const;
export type CheckId = (typeof checkIds)[number];
