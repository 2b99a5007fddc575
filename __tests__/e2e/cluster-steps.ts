import { existsSync } from 'node:fs';
import { definition } from '../../src/cluster/definition.ts';
import { cleanUp, ensurePrograms, type Programs, run } from '../../src/cluster/index.ts';
import { connectCluster } from '../../src/kubernetes/index.ts';
import { createCommands, parseInputs } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

type Given = Readonly<Record<string, string>>;

/** Steps of a job that start clusters: a real kube-apiserver and etcd. */
export interface ClusterSteps {
  readonly shop: Workshop;
  /** The programs of embedded clusters. */
  readonly programs: Programs;
  /** Runs the action's decisions as one step. */
  start(given: Given): ReturnType<typeof startStep>;
  /** Of each start so far, failed ones included. */
  readonly started: readonly Step[];
  /** Runs the post steps. */
  close(): Promise<void>;
}

interface Step {
  readonly deps: TestDeps;
  readonly inputs: ReturnType<typeof inputsOf>;
}

/** Milliseconds in which the programs are there, on a machine where they were never built too. */
export const firstBuild = 1_800_000;

// Nothing of the job that runs the tests reaches the action, but where programs and downloads are.
const { PATH, HOME, RUNNER_TOOL_CACHE } = process.env;
const environment = { PATH, HOME, RUNNER_TOOL_CACHE };
let programs: Promise<Programs> | undefined;

/** Opens the steps of one test. The first time takes up to `firstBuild`. */
export async function clusterSteps(): Promise<ClusterSteps> {
  programs ??= ensurePrograms(depsIn('/tmp'));
  const ready = await programs;
  const shop = workshop();
  const started: Step[] = [];
  return {
    shop,
    programs: ready,
    started,
    start: (given) => {
      const step = { inputs: inputsOf({ ...keyPairIn(shop), ...given }), deps: depsIn(shop.folder) };
      started.push(step);
      return startStep(step);
    },
    close: async () => {
      for (const { inputs, deps } of started) await cleanUp({ ...inputs, keep: false }, deps);
      shop.remove();
    },
  };
}

async function startStep({ inputs, deps }: Step) {
  const { outputs, summary, failure } = await run(inputs, deps);
  if (failure) throw Object.assign(failure, { logsDirectory: outputs['logs-directory'] });
  const cluster = await connectCluster({ kubeconfig: String(outputs.kubeconfig) }, deps);
  return { deps, inputs, outputs, summary, cluster };
}

function depsIn(temporaryDirectory: string): TestDeps {
  return testDeps({ env: environment, ...createCommands(environment), temporaryDirectory });
}

// All clusters of a test have one pair, unless it gives another one.
function keyPairIn(shop: Workshop): Given {
  const pair = { 'private-key-file': shop.path('sa.key'), 'public-key-file': shop.path('sa.pub') };
  if (!existsSync(pair['private-key-file'])) shop.keyPair('sa');
  return pair;
}

function inputsOf(given: Given) {
  const all: Given = {
    'cluster-provider': 'embedded',
    'issuer-url': 'https://issuer.example.org/cluster/',
    ...given,
  };
  return parseInputs(
    definition.inputs,
    (name) => all[name],
    () => undefined,
  );
}
