export { existingManagedIdentity } from './managed-identity.ts';
