import { mkdtemp, readFile, rm } from 'node:fs/promises';
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

function graphClient(): Client {
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

describe('the whole chain through the real clients', () => {
  test('publishes an issuer in a new storage account, federates an application and reads a secret with it', async () => {
    const { subscriptionId, resourceGroup, storageAccount, environment } = emulator;
    const endpoint = {
      endpoint: environment.resourceManager,
      credentialScopes: `${environment.resourceManagerAudience}/.default`,
    };
    const storage = new StorageManagementClient(deployer, subscriptionId, endpoint);
    expect(
      (
        await storage.storageAccounts.checkNameAvailability({
          name: storageAccount,
          type: 'Microsoft.Storage/storageAccounts',
        })
      ).nameAvailable,
    ).toBe(true);
    const account = await storage.storageAccounts.create(resourceGroup, storageAccount, {
      kind: 'StorageV2',
      location: 'westeurope',
      sku: { name: 'Standard_LRS' },
      allowBlobPublicAccess: true,
      allowSharedKeyAccess: false,
    });
    expect(account.primaryEndpoints?.blob).toBe(`${environment.blob.replace('{name}', storageAccount)}/`);
    await storage.blobContainers.create(resourceGroup, storageAccount, 'oidc', { publicAccess: 'Blob' });
    issuer = `${account.primaryEndpoints?.blob}oidc/`;
    const blobs = new BlobServiceClient(account.primaryEndpoints?.blob ?? '', deployer).getContainerClient(
      'oidc',
    );
    const documents = {
      '.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}openid/v1/jwks` },
      'openid/v1/jwks': { keys: [signer.jwk] },
    };
    for (const [path, document] of Object.entries(documents)) {
      const text = JSON.stringify(document);
      await blobs
        .getBlockBlobClient(path)
        .upload(text, text.length, { blobHTTPHeaders: { blobContentType: 'application/json' } });
    }
    const read = await fetch(`${issuer}.well-known/openid-configuration`);
    expect([read.status, read.headers.get('content-type'), await read.json()]).toEqual([
      200,
      'application/json',
      documents['.well-known/openid-configuration'],
    ]);

    const graph = graphClient();
    const application = await graph
      .api("/applications(uniqueName='chain')")
      .header('Prefer', 'create-if-missing')
      .patch({ displayName: 'Chain', signInAudience: 'AzureADMyOrg' });
    const principal = await graph
      .api(`/servicePrincipals(appId='${application.appId}')`)
      .header('Prefer', 'create-if-missing')
      .patch({});
    const subject = 'system:serviceaccount:default:hello';
    await graph
      .api(`/applications/${application.id}/federatedIdentityCredentials`)
      .post({ name: 'hello', issuer, subject, audiences: ['api://AzureADTokenExchange'] });
    const scope = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/federation-vault`;
    const authorization = new AuthorizationManagementClient(deployer, subscriptionId, endpoint);
    await authorization.roleAssignments.create(scope, '3f2e9a54-6d1c-4c1b-8a3f-0b9d7e5c2a11', {
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6`,
    });

    const now = Math.floor(Date.now() / 1000);
    const workload = new ClientAssertionCredential(
      emulator.tenantId,
      application.appId,
      async () =>
        signer.sign({
          iss: issuer,
          sub: subject,
          aud: ['api://AzureADTokenExchange'],
          iat: now,
          nbf: now,
          exp: now + 600,
        }),
      { authorityHost: environment.authority, disableInstanceDiscovery: true },
    );
    const secrets = new SecretClient(emulator.keyVaultUrl, workload, {
      disableChallengeResourceVerification: true,
    });
    expect((await secrets.getSecret('hellosecret')).value).toBe('Hello from the vault!');
  });

  test('federates a managed identity', async () => {
    const { subscriptionId, resourceGroup, environment } = emulator;
    const msi = new ManagedServiceIdentityClient(deployer, subscriptionId, {
      endpoint: environment.resourceManager,
      credentialScopes: `${environment.resourceManagerAudience}/.default`,
    });
    const identity = await msi.userAssignedIdentities.createOrUpdate(resourceGroup, 'workload', {
      location: 'westeurope',
    });
    const subject = 'system:serviceaccount:default:managed';
    await msi.federatedIdentityCredentials.createOrUpdate(resourceGroup, 'workload', 'managed', {
      issuer,
      subject,
      audiences: ['api://AzureADTokenExchange'],
    });
    const now = Math.floor(Date.now() / 1000);
    const workload = new ClientAssertionCredential(
      emulator.tenantId,
      identity.clientId ?? '',
      async () =>
        signer.sign({
          iss: issuer,
          sub: subject,
          aud: 'api://AzureADTokenExchange',
          iat: now,
          nbf: now,
          exp: now + 600,
        }),
      { authorityHost: environment.authority, disableInstanceDiscovery: true },
    );
    const token = await workload.getToken('https://vault.azure.net/.default');
    const claims = JSON.parse(Buffer.from(token.token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      appid: identity.clientId,
      oid: identity.principalId,
      aud: 'https://vault.azure.net',
    });
  });

  test("leaves the job's token readable by nobody else, and an environment file for the actions", async () => {
    const { stat } = await import('node:fs/promises');
    expect((await stat(emulator.jobTokenFile)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(emulator.environmentFile, 'utf8'))).toEqual(emulator.environment);
  });
});
