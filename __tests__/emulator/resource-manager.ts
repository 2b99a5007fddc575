import type { EmulatorOptions, StateFile } from '../../emulator/index.ts';
import { type Answer, call, startTenant, type Tenant } from './tenant.ts';

/**
 * Resource Manager of the emulator. Requests have a token of the job's application unless another one is
 * given.
 */
export interface ResourceManager {
  readonly tenant: Tenant;
  /** Path of an existing resource group. */
  readonly group: string;
  readonly token: string;
  send(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function startResourceManager(
  options: Pick<EmulatorOptions, 'clock'> & { readonly seed?: StateFile } = {},
): Promise<ResourceManager> {
  const tenant = await startTenant(options);
  const { resourceManager } = tenant.emulator.environment;
  const createJobToken = await tenant.token('https://management.azure.com');
  return {
    tenant,
    group: `/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation`,
    token: createJobToken,
    send: (method, path, body, token = createJobToken) =>
      call(`${resourceManager}${path}${path.includes('?') ? '&' : '?'}api-version=2024-01-01`, {
        method,
        token,
        ...(body === undefined ? {} : { body }),
      }),
    close: tenant.close,
  };
}

/** Returns status and code of an error. */
export function readError({ status, body }: Answer) {
  return [status, body.error?.code];
}
