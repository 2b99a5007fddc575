import { errorMessage, FederationError } from '../errors/index.ts';
import { connectCluster } from '../kubernetes/index.ts';
import {
  type CleanUp,
  type Deps,
  isCancelled,
  noJobCache,
  type Run,
  type RunResult,
  type Summary,
} from '../runtime/index.ts';
import { withAdvice } from './advice.ts';
import type { definition } from './definition.ts';
import { collectLogs, withLastLines } from './failed-start.ts';
import { type Proof, prove } from './proof.ts';
import type { Access, ClusterRef, ClusterRequest, Provider, ProviderName } from './provider.ts';
import { knownFault } from './providers/known-faults.ts';
import { requestOf } from './request.ts';

/** Starts the cluster, or takes the one of that name that signs as asked, and proves what it signs. */
export const run: Run<typeof definition> = async (inputs, given) => {
  const deps: Deps = inputs.cache ? given : { ...given, cache: noJobCache };
  const request = await requestOf(inputs, deps);
  const provider = await load(request.provider);
  const started = deps.clock.now();
  const result =
    (await reuse(request, provider, inputs.replace, deps)) ?? (await startAndProve(request, provider, deps));
  if ('failure' in result) return failed(request, result);
  const { access, proof } = result;
  const seconds = deps.clock.now() - started;
  deps.exportVariable('KUBECONFIG', access.kubeconfig);
  return {
    outputs: {
      kubeconfig: access.kubeconfig,
      context: access.context,
      'key-id': proof.keyId,
      'kubernetes-version': proof.kubernetesVersion,
      'cluster-provider': request.provider,
      'logs-directory': undefined,
    },
    summary: summaryOf(request, access, proof, seconds),
  };
};

/** Removes the cluster that this step started, and says what that was. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = deps.state.read(stateName);
  if (saved === '') return;
  const ref = JSON.parse(saved) as ClusterRef;
  if (inputs.keep) {
    deps.log.info(`the ${ref.provider} cluster ${ref.name} stays, as keep asks`);
    return;
  }
  await removeCluster(ref, await load(ref.provider), deps);
};

const stateName = 'cluster';

async function load(name: ProviderName): Promise<Provider> {
  switch (name) {
    case 'embedded':
      return (await import('./providers/embedded.ts')).embedded;
    case 'minikube':
      return (await import('./providers/minikube.ts')).minikube;
    case 'kind':
      return (await import('./providers/kind.ts')).kind;
    case 'existing':
      return (await import('./providers/existing.ts')).existing;
  }
}

interface Proved {
  readonly access: Access;
  readonly proof: Proof;
}

/** A start whose error is told after its logs are, in the outputs. */
interface Failed {
  readonly failure: FederationError;
  readonly logsDirectory: string | undefined;
}

/** The cluster of that name, where it runs and signs as asked; undefined where none is there, or only one that is removed now. */
async function reuse(
  request: ClusterRequest,
  provider: Provider,
  replace: boolean,
  deps: Deps,
): Promise<Proved | undefined> {
  const inspection = await provider.inspect(request, deps);
  if (inspection.state === 'absent') return undefined;
  if (inspection.state === 'broken') {
    if (!inspection.ours && !replace) throw brokenOfOthers(request, inspection.why);
    deps.log.info(`there is a broken cluster ${request.name} (${inspection.why}), it is replaced`);
    await removeCluster(request, provider, deps);
    return undefined;
  }
  const { access } = inspection;
  try {
    const proof = await proveAt(access, request, deps);
    deps.log.info(`the cluster ${request.name} runs already and signs as asked: nothing changed`);
    return { access, proof };
  } catch (error) {
    if (isCancelled(error)) throw error;
    if (!replace) throw differs(request, error);
    deps.log.info(
      `the cluster ${request.name} runs already and differs (${errorMessage(error)}), it is replaced`,
    );
    await removeCluster(request, provider, deps);
    return undefined;
  }
}

function differs({ name }: ClusterRequest, error: unknown): FederationError {
  return new FederationError(
    `failed to start the cluster ${name}: one of that name runs already and differs: ${errorMessage(error)}`,
    {
      code: 'cluster-differs',
      hint: 'Give this one another cluster-name, remove the other, or let this step do that with replace: true.',
      cause: error,
    },
  );
}

function brokenOfOthers({ provider, name }: ClusterRequest, why: string): FederationError {
  const command = provider === 'kind' ? `kind delete cluster --name ${name}` : `minikube delete -p ${name}`;
  return new FederationError(
    `failed to start the cluster ${name}: one of that name is there, does not answer, and was not made by this job: ${why}`,
    {
      code: 'cluster-broken',
      hint: `Give this one another cluster-name, remove the other (${command}), or let this step do that with replace: true.`,
    },
  );
}

async function startAndProve(
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<Proved | Failed> {
  const { provider: name, name: cluster, directory } = request;
  if (name === 'existing') {
    const access = await provider.start(request, deps);
    try {
      return { access, proof: await proveAt(access, request, deps) };
    } catch (error) {
      throw withAdvice(error, request);
    }
  }
  // Saved before the start, so that the post step of a cancelled job knows what to remove.
  deps.state.save(
    stateName,
    JSON.stringify({ provider: name, name: cluster, directory } satisfies ClusterRef),
  );
  const started = deps.clock.now();
  try {
    const access = await deps.log.group(`Start the ${name} cluster ${cluster}`, () =>
      provider.start(request, deps),
    );
    deps.log.info(`the cluster is ready after ${(deps.clock.now() - started).toFixed(1)} s`);
    const proof = await deps.log.group('Prove what the cluster signs', () => proveAt(access, request, deps));
    return { access, proof };
  } catch (error) {
    // Of a cancelled job nothing can be run any more; the post step removes the cluster.
    if (isCancelled(error)) throw error;
    return leaveNothing(error, request, provider, deps);
  }
}

async function proveAt(access: Access, request: ClusterRequest, deps: Deps): Promise<Proof> {
  return prove(await connectCluster(access, deps), request, deps);
}

async function leaveNothing(
  error: unknown,
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<Failed> {
  const logsDirectory = await collectLogs(request, provider, deps);
  try {
    await removeCluster(request, provider, deps);
  } catch (fault) {
    // The failed start is what the user must see.
    deps.log.warning(`what the failed start left could not be removed: ${errorMessage(fault)}`);
  }
  const failure = faultOfMachine(error);
  if (!(failure instanceof FederationError)) throw error;
  return { failure: await withLastLines(failure, logsDirectory), logsDirectory };
}

// A full disk shows up in a call of ours, or in the log of a part that ended.
function faultOfMachine(error: unknown): unknown {
  if (error instanceof FederationError && error.code !== 'program-ended') return error;
  const known = knownFault(errorMessage(error));
  if (known === undefined) return error;
  const { message, code, fault, hint } = known;
  return new FederationError(`${message}\n${errorMessage(error)}`, {
    code,
    fault,
    hint: hint ?? '',
    cause: error,
  });
}

async function removeCluster(ref: ClusterRef, provider: Provider, deps: Deps): Promise<void> {
  const removed = await provider.remove(ref, deps);
  for (const what of removed) deps.log.info(`removed ${what}`);
  if (removed.length === 0)
    deps.log.info(`nothing of the ${ref.provider} cluster ${ref.name} was left to remove`);
}

function failed(request: ClusterRequest, { failure, logsDirectory }: Failed): RunResult<typeof definition> {
  return {
    outputs: {
      kubeconfig: undefined,
      context: undefined,
      'key-id': undefined,
      'kubernetes-version': undefined,
      'cluster-provider': request.provider,
      'logs-directory': logsDirectory,
    },
    summary: {
      title: 'Cluster not started',
      links: [],
      facts: [
        ['Provider', request.provider],
        ['Why', failure.message.split('\n', 1)[0] ?? ''],
        ...(logsDirectory === undefined ? [] : [['Logs', logsDirectory] as const]),
      ],
    },
    failure,
  };
}

function summaryOf(request: ClusterRequest, access: Access, proof: Proof, seconds: number): Summary {
  return {
    title: request.provider === 'existing' ? 'Cluster checked' : 'Cluster started',
    links: ['cluster'],
    facts: [
      ['Provider', request.provider],
      ['Kubernetes', proof.kubernetesVersion],
      ['Signs as issuer', proof.issuer],
      ['Key id', proof.keyId],
      ['Context', access.context],
      ['Ready after', `${seconds.toFixed(1)} s`],
    ],
  };
}
