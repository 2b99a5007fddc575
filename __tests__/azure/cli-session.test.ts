import { describe, expect, test } from '@jest/globals';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import type { Deps } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { findFailure } from './support.ts';

const inputs = { azureEnvironment: 'public' };
const account = { id: 'sub', tenantId: 'tenant', environmentName: 'AzureCloud' };

/** An az CLI that answers every command like this. */
function az(exitCode: number, stdout: string, stderr = ''): Partial<Deps> {
  return { exec: async () => ({ exitCode, stdout, stderr, timedOut: false }) };
}

describe('session of the az CLI', () => {
  test('provides tenant and subscription', async () => {
    const azure = await connectAzure(inputs, testDeps(az(0, JSON.stringify(account))));
    expect(azure).toMatchObject({ tenantId: 'tenant', subscriptionId: 'sub' });
  });

  test('is reported as expired in the words of the CLI', async () => {
    const deps = az(1, '', "ERROR: Please run 'az login' to setup account.\n");
    expect(await findFailure(deps, inputs)).toMatchObject({
      code: 'azure-session-expired',
      message: expect.stringContaining("Please run 'az login'"),
      hint: expect.stringContaining('azure/login'),
    });
  });

  test('is rejected before it is used if it belongs to another cloud', async () => {
    const deps = az(0, JSON.stringify(account));
    expect(await findFailure(deps, { azureEnvironment: 'us-government' })).toMatchObject({
      code: 'azure-session-elsewhere',
      hint: expect.stringContaining('az cloud set --name AzureUSGovernment'),
    });
  });

  test.each(['', 'null', '[]', '{"id":"sub"}'])(
    'rejects the answer %j, which has no account',
    async (stdout) => {
      expect(await findFailure(az(0, stdout), inputs)).toMatchObject({
        code: 'azure-sign-in-failed',
        message: expect.stringContaining('az account show: unexpected answer'),
      });
    },
  );

  test('is reported as missing, with all ways to sign in, if az is not installed', async () => {
    const exec = () => Promise.reject(Object.assign(new Error('spawn az ENOENT'), { code: 'ENOENT' }));
    expect(await findFailure({ exec }, inputs)).toMatchObject({
      code: 'azure-sign-in-missing',
      hint: expect.stringContaining('start-emulator'),
    });
  });
});
