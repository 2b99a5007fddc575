import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { Job, type LogLine } from '../../local-runner/job.ts';
import type { ActionDefinition } from '../../src/runtime/index.ts';
import type { Workshop } from './workshop.ts';

/** A job whose steps run one action (`.`) from the sources, each in its own process, and its log. */
export interface SourceJob {
  readonly job: Job;
  readonly log: LogLine[];
}

/** Creates a job in the folder `job`. A later job there finds the same paths, as on the same runner. */
export function createSourceJob(
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
