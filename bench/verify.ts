import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChain, resolveInputs, runChain } from '../demo/chain.ts';
import { Job } from '../local-runner/job.ts';
import { checkIds } from '../src/verify/check-ids.ts';
import type { Report } from '../src/verify/report/report.ts';

// Measures verify-pod on a working chain with an embedded cluster and all checks except `pod`: the seconds of
// the step as a runner sees it, and of the checks alone. Usage: node bench/verify.ts [runs]
const runs = Number(process.argv[2] ?? 10);
const directory = mkdtempSync(join(tmpdir(), 'bench-verify-'));
const job = new Job({ actions: '.', directory, env: process.env });
try {
  const chain = buildChain();
  const reporter = { started: () => undefined, ended: () => undefined };
  const { failed, output } = await runChain(job, chain, reporter);
  const verify = chain.steps.at(-1);
  if (failed || verify === undefined) throw new Error(failed?.errors.join('\n') ?? 'the chain has no steps');
  const checks = checkIds.filter((id) => id !== 'pod').join(',');
  for (let run = 1; run <= runs; run++) {
    const inputs = { ...resolveInputs(verify.inputs, output), checks };
    const step = await job.step(`Run ${run}`, verify.action, inputs);
    const report = JSON.parse(readFileSync(step.outputs['report-file'] ?? '', 'utf8')) as Report;
    const made = report.checks.filter(({ status }) => status === 'passed');
    const seconds = made.reduce((sum, check) => sum + check.seconds, 0);
    console.log(
      `run ${run}: the step ${step.seconds.toFixed(1)} s, ${made.length} checks ${seconds.toFixed(1)} s`,
    );
  }
} finally {
  await job.finish();
  rmSync(directory, { recursive: true, force: true });
}
