export { applicationSchema, getClientPath, manageCredentials } from './graph-applications.ts';
export { openExistingManagedIdentity } from './managed-identity.ts';
