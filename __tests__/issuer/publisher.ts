// A process of its own that runs publish-issuer, one or several at once, so that tests can kill it. The task
// comes as JSON in the first argument; each publisher that succeeds is reported as a line of JSON on stdout.
import { subscribe } from 'node:diagnostics_channel';
import { testDeps } from '../support/deps.ts';
import { type Given, publish } from './support.ts';

/** What such a process does. */
export interface Task {
  readonly env: Readonly<Record<string, string>>;
  /** The inputs of each publisher. */
  readonly publishers: readonly Given[];
  /** The process ends itself by SIGKILL before it sends this request, counted from 1. */
  readonly killBefore?: number;
}

let requests = 0;
const task = JSON.parse(process.argv[2] ?? '') as Task;
function count(): void {
  requests++;
  if (requests === task.killBefore) process.kill(process.pid, 'SIGKILL');
}
subscribe('http.client.request.start', count);
subscribe('undici:request:create', count);

const deps = testDeps({ env: task.env });
await Promise.all(
  task.publishers.map(async (given) => {
    const published = await publish(given, deps);
    console.log(JSON.stringify({ given, published }));
  }),
);
console.log(JSON.stringify({ requests }));
