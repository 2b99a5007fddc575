import { afterEach, expect, test } from '@jest/globals';
import { type Emulator, type StateFile, startEmulator } from '../../emulator/index.ts';
import { defaultState } from '../../emulator/state.ts';
import * as entra from '../../src/identity/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import { keyFile, signInTo } from '../issuer/support.ts';
import { runAction } from '../support/actions.ts';
import { testDeps } from '../support/deps.ts';
import { workshop } from '../support/workshop.ts';

// The rights in the READMEs of publish-issuer and federate-app and in docs/azure.md are enough, and each of them is needed.
const group = '/resourceGroups/federation';
const vault = `${group}/providers/Microsoft.KeyVault/vaults/federation-vault`;
const rights = [
  { role: 'Storage Account Contributor', scope: group },
  { role: 'Storage Blob Data Contributor', scope: group },
  { role: 'Role Based Access Control Administrator', scope: vault },
] as const;
const permissions = ['Application.ReadWrite.OwnedBy'];

const places: { readonly emulator: Emulator; remove(): void }[] = [];
afterEach(async () => {
  for (const { emulator, remove } of places.splice(0)) {
    await emulator.close();
    remove();
  }
});

test('the rights that the docs name are enough for both actions', async () => {
  const chain = await chainWith({ rights, permissions });
  await expect(chain.publish('azure-blob')).resolves.toBeDefined();
  await expect(chain.federate()).resolves.toBeDefined();
});

test('they are enough for a static website', async () => {
  await expect(
    (await chainWith({ rights, permissions })).publish('azure-static-website'),
  ).resolves.toBeDefined();
});

test.each([
  ['Storage Account Contributor', 'resource-manager-role-missing'],
  ['Storage Blob Data Contributor', 'storage-role-missing'],
])('publish-issuer without the role %s fails with the code %s', async (missing, code) => {
  const chain = await chainWith({ rights: rights.filter(({ role }) => role !== missing), permissions });
  await expect(chain.publish('azure-blob')).rejects.toMatchObject({ code });
});

test('federate-app without a role on the vault may not give one', async () => {
  const chain = await chainWith({ rights: rights.slice(0, 2), permissions });
  await expect(chain.federate()).rejects.toMatchObject({ code: 'azure-role-missing' });
});

test('a vault by its URL needs Reader on the subscription as well', async () => {
  const reader = { role: 'Reader', scope: '' };
  const without = await chainWith({ rights, permissions });
  await expect(without.federate(without.keyVaultUrl)).rejects.toMatchObject({ code: 'azure-role-missing' });
  const chain = await chainWith({ rights: [...rights, reader], permissions });
  await expect(chain.federate(chain.keyVaultUrl)).resolves.toBeDefined();
});

test('federate-app without a permission of Graph says which', async () => {
  const chain = await chainWith({ rights, permissions: [] });
  await expect(chain.federate()).rejects.toMatchObject({
    code: 'application-permission-missing',
    hint: expect.stringContaining('Application.ReadWrite.OwnedBy'),
  });
});

/** A tenant of the emulator whose deployer has these rights and no others. */
async function chainWith(given: {
  readonly rights: readonly { readonly role: string; readonly scope: string }[];
  readonly permissions: readonly string[];
}) {
  const place = workshop();
  const { clientId } = defaultState.job;
  const seed: StateFile = {
    applications: defaultState.applications.map((one) => ({ ...one, permissions: given.permissions })),
    roleAssignments: given.rights.map((right) => ({ ...right, clientId })),
  };
  const emulator = await startEmulator({ directory: place.folder, seed });
  places.push({ emulator, remove: place.remove });
  const deps = testDeps({ env: { ...signInTo(emulator), GITHUB_REPOSITORY: 'octo/cluster' } });
  const environment = { 'azure-environment': emulator.environmentFile };
  const vaultId = `/subscriptions/${emulator.subscriptionId}${vault}`;
  const toPublish = {
    ...environment,
    'public-key-file': keyFile(place.folder).file,
    'storage-account': emulator.storageAccount,
    'resource-group': emulator.resourceGroup,
    'propagation-timeout': '1s',
  };
  const toFederate = {
    ...environment,
    name: 'demo',
    'issuer-url': 'https://issuer.example/',
    'service-accounts': 'demo/reader',
    annotate: 'false',
  };
  return {
    keyVaultUrl: emulator.keyVaultUrl,
    publish: (storage: string) => runAction(issuer, { ...toPublish, storage }, deps),
    federate: (keyVault = vaultId) => runAction(entra, { ...toFederate, 'key-vault': keyVault }, deps),
  };
}
