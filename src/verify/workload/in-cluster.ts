import type { V1Pod } from '@kubernetes/client-node';
import { clusterErrorMessage, read } from '../../kubernetes/index.ts';
import type { Passed } from '../check.ts';
import type { ExchangeContext } from '../diagnosis/exchange.ts';
import { probeFindings } from '../manifest/probe.ts';
import type { Surroundings } from '../surroundings.ts';
import { describeInjectedValues } from './injected.ts';
import { failureOf, lateness, type Observed, type SuccessRule, successOf } from './outcome.ts';
import { finalLogOf, logOf } from './pod-log.ts';
import { eventLines, stateOf } from './pod-state.ts';
import type { StoredPod } from './stored-pod.ts';
import { maskSecretValue } from './vault.ts';

type PodContext = ExchangeContext & Pick<Surroundings, 'cluster'>;

/** Waits for a stored pod to do its work on a node. Throws CheckFailedError that tells why it did not. */
export async function runInCluster(context: PodContext, stored: StoredPod): Promise<Passed> {
  const { inputs, deps } = context;
  const rule: SuccessRule = { by: inputs.podSuccess, pattern: inputs.podLogPattern };
  const started = deps.clock.now();
  let nextReport = started + 5;
  for (;;) {
    const observed = await observe(context, stored, started);
    const success = successOf(observed, rule);
    if (success !== undefined) return passed(context, stored, observed, success);
    const late = observed.seconds > inputs.timeout;
    if (late || failureOf(observed, rule) !== undefined) {
      const whole = await withWhatIsKnown(context, stored, observed);
      throw failureOf(whole, rule) ?? lateness(whole, rule, inputs.timeout);
    }
    if (deps.clock.now() >= nextReport) {
      nextReport = deps.clock.now() + 5;
      deps.log.info(
        `waiting for the pod (${Math.round(observed.seconds)} of ${inputs.timeout} s): it ${observed.state.words}`,
      );
    }
    await deps.clock.sleep(0.5);
  }
}

async function observe(context: PodContext, stored: StoredPod, started: number): Promise<Observed> {
  const { namespace } = context.inputs.serviceAccount;
  const { name } = stored.metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
  const state = stateOf(await read<V1Pod>(context.cluster, ref));
  // Not by the phase, which goes from Pending to Failed a second after the container has ended.
  return {
    state,
    log: state.ended ? await finalLogOf(context, name) : state.running ? await logOf(context, name) : '',
    events: [],
    seconds: context.deps.clock.now() - started,
  };
}

// Events are read for the diagnosis only. Log lines are quoted in it, so the value that must not be among them has to be known.
async function withWhatIsKnown(
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
    return { ...observed, events: eventLines(items) };
  } catch (error) {
    deps.log.debug(`the events of the pod cannot be read: ${clusterErrorMessage(error)}`);
    return observed;
  }
}

function passed(
  { inputs }: Pick<Surroundings, 'inputs'>,
  stored: StoredPod,
  { state, log }: Observed,
  found: string,
): Passed {
  const where = `${inputs.serviceAccount.namespace}/${stored.metadata.name}`;
  return {
    found,
    evidence: [
      ['workload ran', `in the pod ${where} on node ${state.pod?.spec?.nodeName ?? ''}`],
      ...describeInjectedValues(stored),
      ...probeFindings(log),
    ],
  };
}
