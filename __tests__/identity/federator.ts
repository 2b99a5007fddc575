// A process of its own that runs federate-app, so that tests can kill it in the middle. The task comes as JSON in the first argument.
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { cleanUp, definition, run } from '../../src/identity/index.ts';
import { parseInputs } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';

/** What such a process does. */
export interface Task {
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly step: 'main' | 'post';
  /** The process ends itself by SIGKILL before it sends this request, counted from 1 and without those that only sign in. */
  readonly killBefore?: number;
  /** Host and port of the authority. */
  readonly signInHost: string;
}

const task = JSON.parse(process.argv[2] ?? '') as Task;
let requests = 0;
function count(host: string): void {
  if (host === task.signInHost) return;
  requests += 1;
  if (requests === task.killBefore) process.kill(process.pid, 'SIGKILL');
}
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest };
  count(String(request.getHeader('host')));
});
subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { origin: string } };
  count(new URL(request.origin).host);
});

const inputs = parseInputs(
  definition.inputs,
  (name) => task.inputs[name],
  () => undefined,
);
const deps = testDeps({ env: task.env });
await (task.step === 'main' ? run(inputs, deps) : cleanUp(inputs, deps));
console.log(JSON.stringify({ requests }));
