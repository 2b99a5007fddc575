import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadAzureEnvironment } from '../../src/azure/index.ts';
import { getIdentityOptions } from '../../src/verify/workload/exchange.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

describe('getIdentityOptions', () => {
  test('uses instance discovery for published clouds', async () => {
    const options = getIdentityOptions(await loadAzureEnvironment('us-government'));
    expect(options).toMatchObject({
      authorityHost: 'https://login.microsoftonline.us',
      disableInstanceDiscovery: false,
    });
  });

  test('does not use instance discovery for a custom cloud, with or without its own CA', async () => {
    const { name: _, ...cloud } = await loadAzureEnvironment('public');
    for (const caFile of [undefined, '/etc/ca.pem']) {
      const file = shop.file('cloud.json', JSON.stringify({ ...cloud, caFile }));
      const options = getIdentityOptions(await loadAzureEnvironment(file));
      expect(options.disableInstanceDiscovery).toBe(true);
    }
  });
});
