import type { StateFile } from '../../emulator/index.ts';
import { type Answer, type Call, call, startTenant, type Tenant } from './tenant.ts';

/** Graph of the emulator. Requests have a token of the job's application unless another one is given. */
export interface Graph {
  readonly tenant: Tenant;
  /** URL before the paths. */
  readonly root: string;
  readonly token: string;
  send(method: string, path: string, body?: unknown, more?: Call): Promise<Answer>;
  /** Updates an object, or creates it if it does not exist. */
  upsert(path: string, body: unknown, more?: Call): Promise<Answer>;
  close(): Promise<void>;
}

export async function startGraph(seed: StateFile = {}): Promise<Graph> {
  const tenant = await startTenant({ seed });
  const token = await tenant.token('https://graph.microsoft.com');
  const root = `${tenant.emulator.environment.graph}/v1.0`;
  const send: Graph['send'] = (method, path, body, more = {}) =>
    call(`${root}${path}`, { method, token, ...(body === undefined ? {} : { body }), ...more });
  return {
    tenant,
    root,
    token,
    send,
    upsert: (path, body, more = {}) =>
      send('PATCH', path, body, { headers: { prefer: 'create-if-missing' }, ...more }),
    close: tenant.close,
  };
}

/** Returns status, code and message of an error. */
export function readError({ status, body }: Answer) {
  return [status, body.error?.code, body.error?.message];
}
