import { existsSync } from 'node:fs';
import { definition } from '../../src/cluster/definition.ts';
import { cleanUp, ensurePrograms, type Programs, run } from '../../src/cluster/index.ts';
import { connectCluster } from '../../src/kubernetes/index.ts';
import { createCommands, parseInputs } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

type Given = Readonly<Record<string, string>>;

/** Steps of a job that start embedded clusters. */
export interface ClusterSteps {
  readonly shop: Workshop;
  /** Programs of the embedded clusters. */
  readonly programs: Programs;
  /** Runs start-minikube as one step. */
  start(given: Given): ReturnType<typeof startStep>;
  /** All starts so far, including failed ones. */
  readonly started: readonly Step[];
  /** Runs the post steps. */
  close(): Promise<void>;
}

interface Step {
  readonly deps: TestDeps;
  readonly inputs: ReturnType<typeof parse>;
}

/** Time limit in milliseconds for building the programs on a new machine. */
export const firstBuild = 1_800_000;

// The action sees nothing of the job that runs the tests except for the places of programs and downloads.
const { PATH, HOME, RUNNER_TOOL_CACHE } = process.env;
const environment = { PATH, HOME, RUNNER_TOOL_CACHE };
let programs: Promise<Programs> | undefined;

/** Opens the steps of one test. The first call takes up to `firstBuild`. */
export async function clusterSteps(): Promise<ClusterSteps> {
  programs ??= ensurePrograms(createDeps('/tmp'));
  const ready = await programs;
  const shop = workshop();
  const started: Step[] = [];
  return {
    shop,
    programs: ready,
    started,
    start: (given) => {
      const step = { inputs: parse({ ...ensureKeyPair(shop), ...given }), deps: createDeps(shop.folder) };
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

function createDeps(temporaryDirectory: string): TestDeps {
  return testDeps({ env: environment, ...createCommands(environment), temporaryDirectory });
}

// All clusters of a test share one key pair, unless it provides another one.
function ensureKeyPair(shop: Workshop): Given {
  const pair = { 'private-key-file': shop.path('sa.key'), 'public-key-file': shop.path('sa.pub') };
  if (!existsSync(pair['private-key-file'])) shop.keyPair('sa');
  return pair;
}

function parse(given: Given) {
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
