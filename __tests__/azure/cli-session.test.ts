import { describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import type { Deps } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { failureOf } from './support.ts';

describe("the az CLI's session", () => {
  const without = { azureEnvironment: 'public' };
  const az = (exitCode: number, stdout: string, stderr = ''): Partial<Deps> => ({
    exec: async () => ({ exitCode, stdout, stderr, timedOut: false }),
  });

  test('gives tenant and subscription', async () => {
    const account = { id: 'sub', tenantId: 'tenant', environmentName: 'AzureCloud' };
    const azure = await connectAzure(without, testDeps(az(0, JSON.stringify(account))));
    expect(azure).toMatchObject({ tenantId: 'tenant', subscriptionId: 'sub' });
  });

  test('that is over is reported as such', async () => {
    expect(
      await failureOf(az(1, '', "ERROR: Please run 'az login' to setup account.\n"), without),
    ).toMatchObject({
      code: 'azure-session-expired',
      message: expect.stringContaining("Please run 'az login'"),
      hint: expect.stringContaining('azure/login'),
    });
  });

  test('of another cloud is refused before it is used', async () => {
    const account = { id: 'sub', tenantId: 'tenant', environmentName: 'AzureCloud' };
    expect(
      await failureOf(az(0, JSON.stringify(account)), { azureEnvironment: 'us-government' }),
    ).toMatchObject({
      code: 'azure-session-elsewhere',
      hint: expect.stringContaining('az cloud set --name AzureUSGovernment'),
    });
  });

  test('that cannot be, for want of az, says what all could be set', async () => {
    const exec = () => Promise.reject(Object.assign(new Error('spawn az ENOENT'), { code: 'ENOENT' }));
    expect(await failureOf({ exec }, without)).toMatchObject({
      code: 'azure-sign-in-missing',
      hint: expect.stringContaining('start-emulator'),
    });
  });
});
