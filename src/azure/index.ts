// Light: no SDK. Signing in and the clients of Graph and Resource Manager have an index of their own, to be loaded lazily.

export {
  entraRefusals,
  findEntraRefusal,
  isEntraOutage,
  isEntraUnreachable,
  readAadstsNumbers,
  readEntraAnswer,
  readTenantRefusal,
  type Settling,
} from './aadsts.ts';
export { type ApiVersion, apiVersions, formatResourceType } from './api-versions.ts';
export { absentAsUndefined, type Call, type CallOptions, createCall } from './calls.ts';
export { type Azure, requireSubscription } from './connection.ts';
export { type AzureInputs, azureInputs } from './definition.ts';
export { type AzureEnvironment, fillEndpoint, getVaultUrl, loadAzureEnvironment } from './environment.ts';
export { isGuid, quoteOData } from './literals.ts';
export { type Refusal, readRefusal } from './refusals.ts';
export { collectPages, readRegion } from './resources.ts';
export { storageRules } from './rules/storage.ts';
export { openAzureEnvironment, trustCertificateAuthority } from './trust.ts';
