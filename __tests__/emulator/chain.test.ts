import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { StorageManagementClient } from '@azure/arm-storage';
import { ClientAssertionCredential, WorkloadIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { decodeJwt } from 'jose';
import { createSigner, type Signer } from '../../emulator/entra/access-tokens.ts';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { trustCertificateAuthority } from '../../src/azure/index.ts';

let directory: string;
let emulator: Emulator;
let signer: Signer;
let deployer: WorkloadIdentityCredential;
let issuer: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'emulator-'));
  emulator = await startEmulator({ directory });
  await trustCertificateAuthority(emulator.caFile);
  signer = await createSigner();
  deployer = new WorkloadIdentityCredential({
    tenantId: emulator.tenantId,
    clientId: emulator.jobClientId,
    tokenFilePath: emulator.jobTokenFile,
    authorityHost: emulator.environment.authority,
    disableInstanceDiscovery: true,
  });
});

afterAll(async () => {
  await emulator?.close();
  await rm(directory, { recursive: true, force: true });
});

function createGraphClient(): Client {
  const authProvider = new TokenCredentialAuthenticationProvider(deployer, {
    scopes: [`${emulator.environment.graphAudience}/.default`],
  });
  const { host } = new URL(emulator.environment.graph);
  return Client.initWithMiddleware({
    authProvider,
    baseUrl: `${emulator.environment.graph}/`,
    customHosts: new Set([host.split(':')[0] ?? '']),
  });
}

const audiences = ['api://AzureADTokenExchange'];
const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';

function armOptions() {
  const { resourceManager, resourceManagerAudience } = emulator.environment;
  return { endpoint: resourceManager, credentialScopes: `${resourceManagerAudience}/.default` };
}

/** A workload that signs in with a token of the issuer. */
function signInWorkload(clientId: string, subject: string): ClientAssertionCredential {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, sub: subject, aud: audiences[0], iat: now, nbf: now, exp: now + 600 };
  return new ClientAssertionCredential(emulator.tenantId, clientId, async () => signer.sign(claims), {
    authorityHost: emulator.environment.authority,
    disableInstanceDiscovery: true,
  });
}

/** Creates the storage account with a public container. Returns the URL of the blob endpoint. */
async function createStorageAccount(): Promise<string> {
  const { subscriptionId, resourceGroup, storageAccount: name } = emulator;
  const storage = new StorageManagementClient(deployer, subscriptionId, armOptions());
  const type = 'Microsoft.Storage/storageAccounts';
  expect(await storage.storageAccounts.checkNameAvailability({ name, type })).toMatchObject({
    nameAvailable: true,
  });
  const account = await storage.storageAccounts.create(resourceGroup, name, {
    kind: 'StorageV2',
    location: 'westeurope',
    sku: { name: 'Standard_LRS' },
    allowBlobPublicAccess: true,
    allowSharedKeyAccess: false,
  });
  await storage.blobContainers.create(resourceGroup, name, 'oidc', { publicAccess: 'Blob' });
  return account.primaryEndpoints?.blob ?? '';
}

/**
 * Creates an application with a federated credential. Returns its client ID and the ID of its service
 * principal.
 */
async function federateApplication(subject: string) {
  const graph = createGraphClient();
  const application = await graph
    .api("/applications(uniqueName='chain')")
    .header('Prefer', 'create-if-missing')
    .patch({ displayName: 'Chain', signInAudience: 'AzureADMyOrg' });
  const principal = await graph
    .api(`/servicePrincipals(appId='${application.appId}')`)
    .header('Prefer', 'create-if-missing')
    .patch({});
  await graph
    .api(`/applications/${application.id}/federatedIdentityCredentials`)
    .post({ name: 'hello', issuer, subject, audiences });
  return { clientId: String(application.appId), principalId: String(principal.id) };
}

describe('emulator with the official clients', () => {
  test('publishes an issuer in a new storage account', async () => {
    const endpoint = await createStorageAccount();
    expect(endpoint).toBe(`${emulator.environment.blob.replace('{name}', emulator.storageAccount)}/`);
    issuer = `${endpoint}oidc/`;
    const container = new BlobServiceClient(endpoint, deployer).getContainerClient('oidc');
    const documents = {
      '.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}openid/v1/jwks` },
      'openid/v1/jwks': { keys: [signer.jwk] },
    };
    for (const [path, document] of Object.entries(documents)) {
      const text = JSON.stringify(document);
      const blobHTTPHeaders = { blobContentType: 'application/json' };
      await container.getBlockBlobClient(path).upload(text, text.length, { blobHTTPHeaders });
    }
    const read = await fetch(`${issuer}.well-known/openid-configuration`);
    expect([read.status, read.headers.get('content-type'), await read.json()]).toEqual([
      200,
      'application/json',
      documents['.well-known/openid-configuration'],
    ]);
  });

  test('lets a federated application read a secret', async () => {
    const { subscriptionId, resourceGroup, keyVaultUrl } = emulator;
    const subject = 'system:serviceaccount:default:hello';
    const { clientId, principalId } = await federateApplication(subject);
    const subscription = `/subscriptions/${subscriptionId}`;
    const scope = `${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/federation-vault`;
    const authorization = new AuthorizationManagementClient(deployer, subscriptionId, armOptions());
    await authorization.roleAssignments.create(scope, '3f2e9a54-6d1c-4c1b-8a3f-0b9d7e5c2a11', {
      principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`,
    });
    const secrets = new SecretClient(keyVaultUrl, signInWorkload(clientId, subject), {
      disableChallengeResourceVerification: true,
    });
    expect((await secrets.getSecret('hellosecret')).value).toBe('Hello from the vault!');
  });

  test('issues a token to a federated managed identity', async () => {
    const { subscriptionId, resourceGroup } = emulator;
    const msi = new ManagedServiceIdentityClient(deployer, subscriptionId, armOptions());
    const identity = await msi.userAssignedIdentities.createOrUpdate(resourceGroup, 'workload', {
      location: 'westeurope',
    });
    const subject = 'system:serviceaccount:default:managed';
    const credential = { issuer, subject, audiences };
    await msi.federatedIdentityCredentials.createOrUpdate(resourceGroup, 'workload', 'managed', credential);
    const workload = signInWorkload(identity.clientId ?? '', subject);
    const { token } = await workload.getToken('https://vault.azure.net/.default');
    expect(decodeJwt(token)).toMatchObject({
      appid: identity.clientId,
      oid: identity.principalId,
      aud: 'https://vault.azure.net',
    });
  });

  test("writes the job's token for its owner only, and an environment file for the actions", async () => {
    expect((await stat(emulator.jobTokenFile)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(emulator.environmentFile, 'utf8'))).toEqual(emulator.environment);
  });
});
