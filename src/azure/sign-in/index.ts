export { connectAzure, createCredentialOptions } from './connect.ts';
export { resolveTenantId } from './tenant.ts';
