import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lexer, type Tokens } from 'marked';
import { parse } from 'yaml';
import { Job, type StepResult } from '../../local-runner/job.ts';

interface Step {
  readonly id?: string;
  readonly uses: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
}

const prefix = 'OWNER/entra-kubernetes-federation';

/** The steps of every whole workflow of a page that needs neither a tenant nor containers. */
function runnableWorkflows(page: string): readonly (readonly Step[])[] {
  return lexer(readFileSync(page, 'utf8'))
    .filter((token): token is Tokens.Code => token.type === 'code' && token.lang === 'yaml')
    .map(
      ({ text }) =>
        parse(text) as { readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>> },
    )
    .flatMap(({ jobs = {} }) => Object.values(jobs).map(({ steps = [] }) => steps))
    .filter((steps) => steps.some(({ uses }) => uses.startsWith(`${prefix}/actions/start-emulator@`)));
}

/** Fills in `${{ steps.<id>.outputs.<name> }}`, the only expression that these workflows use. */
function evaluate(value: string, results: ReadonlyMap<string, StepResult>): string {
  return value.replaceAll(/\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}/g, (expression, id, name) => {
    const output = results.get(id)?.outputs[name];
    if (output === undefined) throw new Error(`${expression}: the step ${id} has no output ${name}`);
    return output;
  });
}

describe('workflows in the documentation', () => {
  const workflows = ['README.md', 'actions/start-emulator/README.md'].flatMap((page) =>
    runnableWorkflows(page).map((steps) => ({ page, steps })),
  );

  test('include one in README.md that runs without a tenant', () => {
    expect(workflows.map(({ page }) => page)).toContain('README.md');
  });

  test.each(workflows)('the one in $page succeeds as it is written', async ({ steps }) => {
    const directory = mkdtempSync(join(tmpdir(), 'documented-workflow-'));
    const { PATH, HOME, RUNNER_TOOL_CACHE } = process.env;
    const job = new Job({ actions: '.', directory, env: { PATH, HOME, RUNNER_TOOL_CACHE } });
    const results = new Map<string, StepResult>();
    try {
      for (const [index, step] of steps.entries()) {
        const folder = step.uses.slice(prefix.length).replace(/@.*/, '').replace(/^\//, '') || '.';
        const inputs = Object.fromEntries(
          Object.entries(step.with ?? {}).map(([name, value]) => [name, evaluate(String(value), results)]),
        );
        const result = await job.step(step.id ?? `step ${index + 1}`, folder, inputs);
        expect(result.errors).toEqual([]);
        if (step.id !== undefined) results.set(step.id, result);
      }
    } finally {
      await job.finish();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
