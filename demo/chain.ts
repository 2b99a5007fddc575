import type { Job, StepResult } from '../local-runner/job.ts';
import { type Breakage, type BreakageName, breakages, type TamperContext } from './breakages.ts';
import { type Step, steps, type Value } from './steps.ts';

/** A chain of steps, possibly with a manual change after one of them. */
export interface Chain {
  readonly steps: readonly Step[];
  readonly tamper: Breakage['tamper'];
}

/** Builds the chain, with a breakage if one is given. */
export function buildChain(broken?: BreakageName): Chain {
  if (broken === undefined) return { steps, tamper: undefined };
  const { inputs = {}, extra, tamper }: Breakage = breakages[broken];
  const changed = steps.map((step) => ({ ...step, inputs: { ...step.inputs, ...inputs[step.id] } }));
  return {
    steps: changed.flatMap((step) => (extra?.after === step.id ? [step, extra.step] : [step])),
    tamper,
  };
}

/** Receives the progress of a chain. */
export interface Reporter {
  started(step: Step): void;
  /** `evidence` is what the step showed, if it succeeded. */
  ended(step: Step, result: StepResult, evidence: string): void;
}

export interface ChainResult {
  /** The step that failed, or after which the job was cancelled. */
  readonly failed: StepResult | undefined;
  readonly results: readonly StepResult[];
  /** Returns an output of a step. */
  readonly output: TamperContext['output'];
}

/** Runs the steps in order until one fails or the job is cancelled. */
export async function runChain(
  job: Job,
  chain: Chain,
  reporter: Reporter,
  isCancelled: () => boolean = () => false,
): Promise<ChainResult> {
  const outputs = new Map<string, StepResult['outputs']>();
  const output: TamperContext['output'] = (step, name) => {
    const value = outputs.get(step)?.[name];
    if (value === undefined) throw new Error(`the step ${step} has no output ${name}`);
    return value;
  };
  const results: StepResult[] = [];
  for (const step of chain.steps) {
    reporter.started(step);
    const result = await job.step(step.title, step.action, resolveInputs(step.inputs, output));
    outputs.set(step.id, result.outputs);
    results.push(result);
    reporter.ended(step, result, fillIn(step.evidence, result.outputs));
    if (result.outcome === 'failure' || isCancelled()) return { failed: result, results, output };
    if (chain.tamper?.after === step.id)
      await chain.tamper.run({ output, env: Object.fromEntries(job.exported) });
  }
  return { failed: undefined, results, output };
}

/** Replaces references in inputs by the outputs of earlier steps. */
export function resolveInputs(
  inputs: Readonly<Record<string, Value>>,
  output: TamperContext['output'],
): Readonly<Record<string, string>> {
  const resolved = Object.entries(inputs).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'string') return [[name, value] as const];
    const found = output(value.step, value.output);
    return [[name, value.change?.(found) ?? found] as const];
  });
  return Object.fromEntries(resolved);
}

function fillIn(template: string, outputs: StepResult['outputs']): string {
  return template.replace(/\{([a-z-]+)\}/g, (_, name: string) => outputs[name] ?? '?');
}
