import type { CoreV1Event, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

/** The state of a pod, in the words of the cluster. */
export interface PodState {
  /** Undefined once the pod is deleted. */
  readonly pod: V1Pod | undefined;
  /** `is not scheduled: 0/1 nodes are available`. */
  readonly words: string;
  /** Set while the pod waits: `ImagePullBackOff`, `ContainerCreating`. */
  readonly waiting: { readonly reason: string; readonly message: string } | undefined;
  readonly unscheduled: boolean;
  /** Set once its container has ended. */
  readonly ended:
    | { readonly exitCode: number; readonly reason: string; readonly message: string }
    | undefined;
  readonly running: boolean;
  readonly ready: boolean;
}

/** Reads the state of a pod with one container. */
export function readState(pod: V1Pod | undefined): PodState {
  const [status] = pod?.status?.containerStatuses ?? [];
  const condition = (type: string) => pod?.status?.conditions?.find((one) => one.type === type);
  const scheduled = condition('PodScheduled');
  const unscheduled = scheduled?.status === 'False';
  const waiting = status?.state?.waiting;
  const ended = status?.state?.terminated;
  return {
    pod,
    words: unscheduled ? `is not scheduled: ${scheduled.message ?? ''}` : describeState(pod, status),
    waiting: waiting && { reason: waiting.reason ?? '', message: waiting.message ?? '' },
    unscheduled,
    ended: ended && {
      exitCode: ended.exitCode,
      reason: ended.reason ?? '',
      message: ended.message ?? '',
    },
    running: status?.state?.running !== undefined,
    ready: condition('Ready')?.status === 'True',
  };
}

function describeState(pod: V1Pod | undefined, status: V1ContainerStatus | undefined): string {
  if (pod === undefined) return 'no longer exists';
  const { waiting, terminated } = status?.state ?? {};
  if (waiting) return `is waiting: ${[waiting.reason, waiting.message].filter(Boolean).join(': ')}`;
  if (terminated) {
    const reason = terminated.reason && terminated.reason !== 'Error' ? ` (${terminated.reason})` : '';
    return `exited with code ${terminated.exitCode}${reason}`;
  }
  if (status?.state?.running) return 'is running';
  const { phase, reason, message } = pod.status ?? {};
  return [`is ${(phase ?? 'Pending').toLowerCase()}`, reason, message].filter(Boolean).join(': ');
}

const shownEvents = 8;

/** Returns the last events of a pod, the oldest first: `Warning FailedMount: …`. */
export function describeEvents(events: readonly CoreV1Event[]): readonly string[] {
  return [...events]
    .sort((one, other) => getTime(one) - getTime(other))
    .slice(-shownEvents)
    .map(({ type, reason, message, count }) => {
      const times = count !== undefined && count > 1 ? ` (${count} times)` : '';
      return `${type} ${reason}: ${(message ?? '').replaceAll(/\s+/g, ' ').trim()}${times}`;
    });
}

function getTime({ lastTimestamp, eventTime, metadata }: CoreV1Event): number {
  return new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime();
}
