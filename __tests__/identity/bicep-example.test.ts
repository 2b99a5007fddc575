import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from './tenant.ts';

/** The expected file, with the values of the emulator's default tenant. */
const expected = readFileSync(join(import.meta.dirname, 'main.bicep'), 'utf8');

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(() => tenant.close());

test('main.bicep is formatted like a file that a person wrote', async () => {
  const folder = join(tenant.folder, 'by-hand');
  await tenant.federate({
    name: 'phcloudbrewkubeid',
    plan: 'true',
    'service-accounts': 'phcloudbrew/phcloudbrewapp',
    'key-vault': tenant.emulator.keyVaultUrl,
    'bicep-directory': folder,
  });
  expect(readFileSync(join(folder, 'main.bicep'), 'utf8')).toBe(expected);
});
