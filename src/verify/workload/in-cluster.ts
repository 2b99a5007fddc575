import type { V1Pod } from '@kubernetes/client-node';
import { clusterErrorMessage, read } from '../../kubernetes/index.ts';
import { type Probe, poll } from '../../runtime/index.ts';
import type { Passed } from '../check.ts';
import type { ExchangeContext } from '../diagnosis/exchange.ts';
import { findProbeEvidence } from '../manifest/probe.ts';
import type { Surroundings, VerifyInputs } from '../surroundings.ts';
import { describeInjectedValues } from './injected.ts';
import {
  classifyTimeout,
  describePod,
  findFailure,
  findSuccess,
  type Observed,
  type SuccessRule,
} from './outcome.ts';
import { describeEvents, readState } from './pod-state.ts';
import type { StoredPod } from './stored-pod.ts';
import { maskSecretValue } from './vault.ts';

type PodContext = ExchangeContext & Pick<Surroundings, 'cluster'>;

// A node may report that a container has ended before its last log lines can be read.
const lastLinesSeconds = 1;

/**
 * Waits until a stored pod has succeeded on a node. Throws CheckFailedError with the reason if it does not.
 */
export async function runInCluster(context: PodContext, stored: StoredPod): Promise<Passed> {
  const { inputs, deps } = context;
  const rule: SuccessRule = { by: inputs.podSuccess, pattern: inputs.podLogPattern };
  const started = deps.clock.now();
  const look = () => observe(context, stored, started);
  let endedAt: number | undefined;
  const probe = async (): Promise<Probe<Passed>> => {
    const observed = await look();
    const { state, log, seconds } = observed;
    if (state.ended) endedAt ??= seconds;
    if (endedAt !== undefined && log === '' && seconds - endedAt < lastLinesSeconds)
      return { missing: 'its last log lines are not available' };
    const success = findSuccess(observed, rule);
    if (success !== undefined) return { ready: describeRun(inputs, stored, observed, success) };
    const failure = findFailure(observed, rule);
    if (failure === undefined) return { missing: `it ${state.words}` };
    throw failure({ answer: describePod(await addEvents(context, stored, observed)) });
  };
  const expired = async () => {
    const observed = await addEvents(context, stored, await look());
    return classifyTimeout(observed, rule, inputs.timeout)({ answer: describePod(observed) });
  };
  return poll({ what: 'the pod', budgetSeconds: inputs.timeout, expired }, deps, probe);
}

async function observe(context: PodContext, stored: StoredPod, started: number): Promise<Observed> {
  const { namespace } = context.inputs.serviceAccount;
  const { name } = stored.metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
  const state = readState(await read<V1Pod>(context.cluster, ref));
  // Not by the phase, which changes from Pending to Failed a second after the container has ended.
  return {
    state,
    log: state.ended || state.running ? await readLog(context, name) : '',
    events: [],
    seconds: context.deps.clock.now() - started,
  };
}

// Events are read for the diagnosis only. It quotes log lines, so the value of the secret has to be masked
// first.
async function addEvents(
  context: PodContext,
  { metadata }: StoredPod,
  observed: Observed,
): Promise<Observed> {
  const { cluster, deps, inputs } = context;
  if (observed.log !== '') await maskSecretValue(context);
  try {
    const { items } = await cluster.core.listNamespacedEvent({
      namespace: inputs.serviceAccount.namespace,
      fieldSelector: `involvedObject.uid=${metadata.uid}`,
    });
    return { ...observed, events: describeEvents(items) };
  } catch (error) {
    deps.log.debug(`Failed to read the events of the pod: ${clusterErrorMessage(error)}`);
    return observed;
  }
}

function describeRun(
  { serviceAccount }: VerifyInputs,
  stored: StoredPod,
  { state, log }: Observed,
  found: string,
): Passed {
  const where = `${serviceAccount.namespace}/${stored.metadata.name}`;
  return {
    found,
    evidence: [
      ['workload ran', `in the pod ${where} on node ${state.pod?.spec?.nodeName ?? ''}`],
      ...describeInjectedValues(stored),
      ...findProbeEvidence(log),
    ],
  };
}

const shownLines = 20;

/** Reads the last lines of a pod's log, or an empty text if it cannot be read. Tokens are removed. */
async function readLog(
  { cluster, deps, inputs }: Pick<Surroundings, 'cluster' | 'deps' | 'inputs'>,
  name: string,
): Promise<string> {
  const { namespace } = inputs.serviceAccount;
  try {
    return removeTokens(await cluster.core.readNamespacedPodLog({ name, namespace, tailLines: shownLines }));
  } catch (error) {
    deps.log.debug(`Failed to read the log of the pod: ${clusterErrorMessage(error)}`);
    return '';
  }
}

/**
 * Replaces everything that looks like a signed token: three parts of base64url, of which the first two are
 * JSON.
 */
function removeTokens(text: string): string {
  return text.replace(/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g, '***');
}
