import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { Job, type LogLine } from '../../local-runner/job.ts';
import type { ActionDefinition } from '../../src/runtime/index.ts';
import type { Workshop } from './workshop.ts';

/** A job whose steps `.` run one action out of the sources as they are, each step a process of its own, and what it logged. */
export interface SourceJob {
  readonly job: Job;
  readonly log: LogLine[];
}

/** Opens one in the folder `job` of the workshop: another job opened there later finds the same paths, as on one runner. */
export function sourceJob(
  shop: Workshop,
  definition: ActionDefinition,
  env: Readonly<Record<string, string>>,
): SourceJob {
  const registry = resolve('src/actions/registry.ts');
  const program = `import { actions } from '${registry}';\nawait actions['${definition.name}'].start();\n`;
  const main = shop.file('repo/main.mjs', program);
  const inputs = Object.fromEntries(
    Object.entries(definition.inputs).map(([name, { default: fallback }]) => [name, { default: fallback }]),
  );
  shop.file('repo/action.yml', stringify({ inputs, runs: { using: 'node24', main, post: main } }));
  const log: LogLine[] = [];
  const job = new Job({
    actions: shop.path('repo'),
    directory: shop.path('job'),
    env,
    onLine: (line) => log.push(line),
  });
  return { job, log };
}
