import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorMessage, FederationError } from '../errors/index.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const url = v.pipe(
  text,
  v.startsWith('https://', 'expected an https URL'),
  v.check((value) => !value.endsWith('/'), 'expected a URL without a slash at the end'),
);

const environmentSchema = v.object({
  /** The shape of the file may grow: fields that are unknown here are ignored. */
  name: v.optional(text, 'custom'),
  /** Login host of Entra ID: `https://login.microsoftonline.com`. */
  authority: url,
  graph: url,
  graphAudience: text,
  resourceManager: url,
  /** Audience of access tokens for Azure Resource Manager: the scope without `/.default`. */
  resourceManagerAudience: text,
  /** `https://{name}.vault.azure.net`. */
  vault: url,
  vaultAudience: text,
  /** Vaults with an address that does not follow `vault`, by name. */
  vaults: v.exactOptional(v.record(v.string(), url)),
  /** `https://{name}.blob.core.windows.net`. */
  blob: url,
  storageAudience: text,
  /** Audience of the assertion that a workload exchanges: `api://AzureADTokenExchange`. */
  tokenExchangeAudience: text,
  /** Value of AZURE_ENVIRONMENT for the webhook. */
  webhookEnvironment: text,
  /** File with the PEM certificate of the CA that signed the endpoints; absent for the published clouds. */
  caFile: v.exactOptional(text),
});

/**
 * The endpoints of one cloud. URLs have no trailing slash. `{name}` stands for the name of the vault or the storage account.
 * The values of the sovereign clouds are those that their providers publish. start-emulator writes a file of this shape.
 */
export type AzureEnvironment = Readonly<v.InferOutput<typeof environmentSchema>>;

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

/**
 * Returns the environment that `azure-environment` names: a cloud, or a JSON file of this shape.
 * Throws FederationError `azure-environment-invalid`.
 */
export async function loadAzureEnvironment(nameOrFile: string): Promise<AzureEnvironment> {
  const cloud = Object.hasOwn(clouds, nameOrFile) ? clouds[nameOrFile] : undefined;
  if (cloud) return cloud;
  try {
    return v.parse(environmentSchema, JSON.parse(await readFile(nameOrFile, 'utf8')));
  } catch (error) {
    const field = v.isValiError(error) ? v.getDotPath(error.issues[0]) : undefined;
    const problem = `${field ? `"${field}": ` : ''}${errorMessage(error)}`;
    throw new FederationError(
      'azure-environment-invalid',
      { environment: nameOrFile, problem },
      { cause: error },
    );
  }
}

/** Returns `https://{name}.vault.azure.net` with the name filled in. */
export function fillEndpoint(template: string, name: string): string {
  return template.replaceAll('{name}', name);
}

/** Returns the URL of a vault by its name. */
export function getVaultUrl(environment: AzureEnvironment, name: string): string {
  return environment.vaults?.[name] ?? fillEndpoint(environment.vault, name);
}

/** Returns whether this is one of the clouds whose endpoints are published, not an emulator or Azure Stack. */
export function isPublishedCloud(environment: AzureEnvironment): boolean {
  return Object.values(clouds).includes(environment);
}
