import { readFile } from 'node:fs/promises';
import { errorMessage, FederationError } from '../errors/index.ts';

/**
 * Where one cloud's services are. URLs have no trailing slash. `{name}` stands for the vault's or the storage account's name.
 * Values: facts of the sovereign clouds as published by their providers; start-emulator writes a file of this shape.
 */
export interface AzureEnvironment {
  readonly name: string;
  /** Entra's login host: `https://login.microsoftonline.com`. */
  readonly authority: string;
  readonly graph: string;
  readonly resourceManager: string;
  /** Token audience of Azure Resource Manager, scope without `/.default`. */
  readonly resourceManagerAudience: string;
  readonly graphAudience: string;
  readonly vaultAudience: string;
  readonly storageAudience: string;
  /** `https://{name}.vault.azure.net`. */
  readonly vault: string;
  /** Vaults whose address does not follow `vault`, by name. */
  readonly vaults?: Readonly<Record<string, string>>;
  /** `https://{name}.blob.core.windows.net`. */
  readonly blob: string;
  /** Audience of the assertion that a workload exchanges: `api://AzureADTokenExchange`. */
  readonly tokenExchangeAudience: string;
  /** Value of AZURE_ENVIRONMENT for the webhook. */
  readonly webhookEnvironment: string;
  /** File with the PEM certificate of the CA that signed the endpoints; absent for the real clouds. */
  readonly caFile?: string;
}

const publicCloud: AzureEnvironment = {
  name: 'public',
  authority: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  graphAudience: 'https://graph.microsoft.com',
  resourceManager: 'https://management.azure.com',
  resourceManagerAudience: 'https://management.azure.com',
  vault: 'https://{name}.vault.azure.net',
  vaultAudience: 'https://vault.azure.net',
  blob: 'https://{name}.blob.core.windows.net',
  storageAudience: 'https://storage.azure.com',
  tokenExchangeAudience: 'api://AzureADTokenExchange',
  webhookEnvironment: 'AzurePublicCloud',
};

const clouds: Readonly<Record<string, AzureEnvironment>> = {
  public: publicCloud,
  'us-government': {
    ...publicCloud,
    name: 'us-government',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    graphAudience: 'https://graph.microsoft.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    resourceManagerAudience: 'https://management.usgovcloudapi.net',
    vault: 'https://{name}.vault.usgovcloudapi.net',
    vaultAudience: 'https://vault.usgovcloudapi.net',
    blob: 'https://{name}.blob.core.usgovcloudapi.net',
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
    webhookEnvironment: 'AzureUSGovernmentCloud',
  },
  china: {
    ...publicCloud,
    name: 'china',
    authority: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    graphAudience: 'https://microsoftgraph.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    resourceManagerAudience: 'https://management.chinacloudapi.cn',
    vault: 'https://{name}.vault.azure.cn',
    vaultAudience: 'https://vault.azure.cn',
    blob: 'https://{name}.blob.core.chinacloudapi.cn',
    tokenExchangeAudience: 'api://AzureADTokenExchangeChina',
    webhookEnvironment: 'AzureChinaCloud',
  },
};

const required = [
  'authority',
  'graph',
  'graphAudience',
  'resourceManager',
  'resourceManagerAudience',
  'vault',
  'vaultAudience',
  'blob',
  'storageAudience',
  'tokenExchangeAudience',
  'webhookEnvironment',
] as const satisfies readonly (keyof AzureEnvironment)[];

/** The environment that `azure-environment` names: a cloud, or a JSON file of this shape. Throws FederationError `azure-environment-invalid`. */
export async function loadAzureEnvironment(nameOrFile: string): Promise<AzureEnvironment> {
  const cloud = clouds[nameOrFile];
  if (cloud) return cloud;
  const fail = (why: string, cause?: unknown) =>
    new FederationError(`failed to read the Azure environment "${nameOrFile}": ${why}`, {
      code: 'azure-environment-invalid',
      hint: `Set azure-environment to ${Object.keys(clouds).join(', ')}, or to the path of a JSON file such as the output azure-environment of start-emulator.`,
      cause,
    });
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(await readFile(nameOrFile, 'utf8'));
  } catch (error) {
    throw fail(errorMessage(error), error);
  }
  for (const field of required) {
    if (typeof parsed[field] !== 'string' || parsed[field] === '') throw fail(`"${field}" is missing`);
  }
  for (const field of ['authority', 'graph', 'resourceManager', 'vault', 'blob'] as const) {
    const url = String(parsed[field]);
    if (!url.startsWith('https://') || url.endsWith('/'))
      throw fail(`"${field}" must be an https URL without a slash at its end, not "${url}"`);
  }
  return {
    ...(parsed as unknown as AzureEnvironment),
    name: typeof parsed.name === 'string' ? parsed.name : 'custom',
  };
}

/** `https://{name}.vault.azure.net` with its name filled in. */
export function fillEndpoint(template: string, name: string): string {
  return template.replaceAll('{name}', name);
}

/** Where a vault is, by its name. */
export function getVaultUrl(environment: AzureEnvironment, name: string): string {
  return environment.vaults?.[name] ?? fillEndpoint(environment.vault, name);
}

/** Whether this is one of the clouds whose endpoints are published, and not an emulator or an Azure Stack. */
export function isPublishedCloud(environment: AzureEnvironment): boolean {
  return Object.values(clouds).includes(environment);
}
