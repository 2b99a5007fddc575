import { readAadstsNumbers, readEntraAnswer } from '../../azure/index.ts';
import { CheckFailedError, type Diagnosis } from '../refusals/check-failed-error.ts';
import { findWorkloadRefusal } from '../refusals/entra-codes.ts';
import type { PodState } from './pod-state.ts';

/** Everything that is known of a pod at one moment. */
export interface Observed {
  readonly state: PodState;
  /** Last lines of its log. */
  readonly log: string;
  readonly events: readonly string[];
  /** Seconds since it was created. */
  readonly seconds: number;
}

/** What counts as success. */
export interface SuccessRule {
  readonly by: 'auto' | 'exit-code' | 'ready' | 'log';
  readonly pattern: RegExp;
}

/** How the pod showed that it has done its work; undefined while it has not. */
export function successOf({ state, log }: Observed, rule: SuccessRule): string | undefined {
  const { by, pattern } = rule;
  if (by === 'ready') return state.ready ? 'the pod is ready' : undefined;
  if (by !== 'exit-code' && pattern.test(log)) return 'the pod logs what was waited for';
  if (by !== 'log' && state.ended?.exitCode === 0) return 'the pod ended with exit code 0';
  return undefined;
}

type Outcome = Pick<Diagnosis, 'code' | 'cause' | 'change' | 'fault'>;

/** Why the pod will not do its work any more; undefined while it still may. */
export function failureOf(observed: Observed, rule: SuccessRule): CheckFailedError | undefined {
  const outcome = ofEnd(observed, rule) ?? ofWaiting(observed);
  return outcome && broken(outcome, observed);
}

/** Why it has not done its work within the time that it was given. */
export function lateness(observed: Observed, rule: SuccessRule, timeout: number): CheckFailedError {
  const { state } = observed;
  const late = `within ${timeout} s`;
  if (state.unscheduled) {
    return broken(
      {
        code: 'pod-unschedulable',
        cause: `no node has taken the pod ${late}: it ${state.words}`,
        change:
          'Give the cluster a node that can take it: see the answer for what every node lacks or refuses.',
      },
      observed,
    );
  }
  const mount = observed.events.find((line) => /FailedMount|FailedAttachVolume/.test(line));
  if (mount !== undefined && state.waiting?.reason === 'ContainerCreating') {
    return broken(
      {
        code: 'pod-volume-unmounted',
        cause: `a volume of the pod could not be mounted ${late}`,
        change:
          'See the events. The token comes from the service account, which has to exist as long as the pod does.',
      },
      observed,
    );
  }
  const wanted = {
    auto: `ended, nor logged anything that matches ${rule.pattern.source}`,
    'exit-code': 'ended',
    ready: 'become ready',
    log: `logged anything that matches ${rule.pattern.source}`,
  }[rule.by];
  return broken(
    {
      code: 'pod-timeout',
      cause: `the pod has not ${wanted} ${late}: it ${state.words}`,
      change: 'Raise the input timeout, or see its last log lines. pod-success says what is waited for.',
    },
    observed,
  );
}

function ofEnd(observed: Observed, rule: SuccessRule): Outcome | undefined {
  const { state, log } = observed;
  if (state.pod === undefined) {
    return {
      code: 'pod-removed',
      cause: 'somebody else removed the pod while it ran',
      change: 'See what deletes pods in this namespace, and run again.',
    };
  }
  if (state.ended === undefined) return state.pod.status?.phase === 'Failed' ? stopped(state) : undefined;
  const { exitCode, reason } = state.ended;
  if (exitCode === 0) return unfinished(rule);
  if (reason === 'OOMKilled') {
    return {
      code: 'pod-out-of-memory',
      cause: 'the workload needed more memory than it may have, and was ended',
      change: 'See the limits of the namespace (kubectl describe limitrange), or take a smaller image.',
    };
  }
  if (reason === 'StartError' || reason === 'ContainerCannotRun') {
    return {
      code: 'pod-command-not-run',
      cause: 'the image has no such command, or one that this node cannot run',
      change: 'Correct pod-command, one argument a line; pod-probe needs an image with sh and curl.',
    };
  }
  return ofRefusal(log) ?? crashed(state);
}

function stopped({ words }: PodState): Outcome {
  return {
    code: 'pod-stopped',
    cause: `the node ended the pod before its container ran to its end: it ${words}`,
    change: 'See the events: the node was out of memory or disk, or shut down.',
    fault: 'service',
  };
}

// Where something else than the end is waited for, an end without it is a failure.
function unfinished({ by, pattern }: SuccessRule): Outcome | undefined {
  if (by === 'auto' || by === 'exit-code') return undefined;
  const missing = by === 'ready' ? 'without becoming ready' : `without a line that matches ${pattern.source}`;
  return {
    code: 'pod-ended-early',
    cause: `the pod ended with exit code 0 ${missing}`,
    change: 'Set pod-success to exit-code where the end itself is the proof, or correct pod-log-pattern.',
  };
}

// What the workload itself could not do, in the words of the service that refused it.
function ofRefusal(log: string): Outcome | undefined {
  const row = findWorkloadRefusal(readAadstsNumbers(log));
  if (row) return { code: row.code, cause: `in the pod ${row.cause}`, change: row.change };
  const variable = /\b(AZURE_[A-Z_]+|KEYVAULT_URL|SECRET_NAME)\b.{0,40}\bnot set\b/.exec(log)?.[1];
  if (variable !== undefined) {
    return {
      code: 'pod-variable-missing',
      cause: `the workload finds no variable ${variable}`,
      change: variable.startsWith('AZURE_')
        ? 'See the check pod-mutated, which says why the webhook did not set it.'
        : 'Set the inputs key-vault-url and secret-name.',
    };
  }
  const network =
    /no such host|could not resolve host|name resolution|ENOTFOUND|i\/o timeout|connection (refused|timed out)/i;
  if (network.test(log)) {
    return {
      code: 'pod-network',
      cause: 'the pod cannot reach a service that the runner reaches',
      change: 'See DNS and network policies of the cluster, and which addresses the nodes reach.',
    };
  }
  if (/x509|certificate (verify|signed)|SSL certificate|unable to get local issuer/i.test(log)) {
    return {
      code: 'pod-certificate-untrusted',
      cause: 'the pod does not trust the certificate of a service',
      change: 'Use an image with the certificates of public CAs, and see whether a proxy stands between.',
    };
  }
  return undefined;
}

function crashed({ ended }: PodState): Outcome {
  const signal = ended !== undefined && ended.exitCode > 128 ? ` (signal ${ended.exitCode - 128})` : '';
  return {
    code: 'pod-crashed',
    cause: `the workload ended with exit code ${ended?.exitCode}${signal}`,
    change: 'See its last log lines. The links before are whole: what the image itself does is left.',
  };
}

/** What a waiting reason means, and the seconds after which it counts: some pass by themselves. */
const waits: readonly (Outcome & { readonly reason: RegExp; readonly patience: number })[] = [
  {
    reason: /^InvalidImageName$/,
    patience: 0,
    code: 'pod-image-invalid',
    cause: 'the name of the image is not one',
    change: 'Correct pod-image.',
  },
  {
    reason: /^ErrImageNeverPull$/,
    patience: 0,
    code: 'pod-image-unavailable',
    cause: 'the image is not on the node, and may not be pulled',
    change: 'Load it into the cluster before (kind load docker-image, minikube image load).',
  },
  {
    reason: /^(ErrImagePull|ImagePullBackOff)$/,
    patience: 20,
    code: 'pod-image-unavailable',
    cause: 'the nodes cannot pull the image of the pod',
    change:
      'Set pod-image to one that the nodes can pull, or load it into the cluster before (kind load docker-image, minikube image load).',
  },
  {
    reason: /^(CreateContainerConfigError|CreateContainerError|RunContainerError)$/,
    patience: 10,
    code: 'pod-container-not-created',
    cause: 'the node cannot create the container of the pod',
    change: 'See the answer: most often the image runs as root where that is forbidden.',
  },
];

function ofWaiting({ state, seconds }: Observed): Outcome | undefined {
  const { waiting } = state;
  if (waiting === undefined) return undefined;
  const row = waits.find(({ reason }) => reason.test(waiting.reason));
  return row !== undefined && seconds >= row.patience ? row : undefined;
}

function broken({ code, cause, change, fault }: Outcome, observed: Observed): CheckFailedError {
  const { state, events, log } = observed;
  const said = readAadstsNumbers(log).length > 0 ? [readEntraAnswer(log)] : [];
  const detail = state.ended?.message || state.waiting?.message;
  const answer = [
    `the pod ${state.words}`,
    ...(detail && !state.words.includes(detail) ? [detail] : []),
    ...said,
    ...(events.length > 0 ? ['Events:', ...events.map((line) => `  ${line}`)] : []),
    ...(log.trim() === ''
      ? []
      : [
          'Last log lines:',
          ...log
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ]),
  ].join('\n');
  return new CheckFailedError({ code, cause, change, answer, ...(fault !== undefined && { fault }) });
}
