import { FederationError } from '../../errors/index.ts';

interface KnownFault {
  readonly pattern: RegExp;
  readonly code: string;
  /** `$1` is what the pattern's first group matched. */
  readonly why: string;
  readonly hint: string;
  /** Whether the tool's own retries, which take a minute, cannot help. */
  readonly hopeless?: boolean;
}

const unavailable = 'container-engine-unavailable';

const faults: readonly KnownFault[] = [
  {
    pattern:
      /permission denied while trying to connect to the docker|dial unix \S*docker\.sock: connect: permission denied|PROVIDER_DOCKER_NEWGRP/i,
    code: unavailable,
    why: 'this user may not talk to Docker',
    hint: 'Add the user that runs the job to the group docker, and start the runner again.',
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|Is the docker daemon running|docker\.sock: connect: (no such file|connection refused)|PROVIDER_DOCKER_NOT_RUNNING/i,
    code: unavailable,
    why: 'Docker does not run',
    hint: 'Start Docker before this step (systemctl start docker), or use cluster-provider: embedded, which needs no containers.',
  },
  {
    pattern:
      /"?docker"?: executable file not found|docker: not found|failed to detect any supported node provider|PROVIDER_DOCKER_NOT_FOUND/i,
    code: unavailable,
    why: 'no Docker, Podman or nerdctl is installed',
    hint: 'Install one on the runner, or use cluster-provider: embedded, which needs no containers.',
  },
  {
    pattern: /no space left on device|ENOSPC|RSRC_DOCKER_STORAGE/i,
    code: 'disk-full',
    why: 'the disk is full',
    hint: 'Free some space before this step; a node image needs several gigabytes below /var/lib/docker, and RUNNER_TEMP and MINIKUBE_HOME some too.',
    hopeless: true,
  },
  {
    pattern:
      /listen \w+ (\S+:\d+): bind: address already in use|Bind for (\S+:\d+) failed: port is already allocated/i,
    code: 'port-taken',
    why: 'something else listens on $1',
    hint: 'Ask for another host port where kind-config or arguments map it, or end what listens there.',
    hopeless: true,
  },
  {
    pattern: /failed to pull image \\?"([^"\\]+)/i,
    code: 'node-image-unavailable',
    why: 'the node image $1 cannot be pulled',
    hint: 'Either there is none for that Kubernetes version (correct kubernetes-version or node-image), or the registry cannot be reached from here.',
  },
];

/** The error of what a tool printed, where its container engine or the machine is at fault; undefined for everything else. */
export function knownFault(output: string): FederationError | undefined {
  for (const { pattern, code, why, hint } of faults) {
    const match = pattern.exec(output);
    if (match === null) continue;
    const detail = match[1] ?? match[2] ?? '';
    const cause = output.split('\n').find((line) => pattern.test(line));
    return new FederationError(`failed to start the cluster: ${why.replace('$1', detail)}`, {
      code,
      hint,
      cause: new Error(cause ?? output),
    });
  }
  return undefined;
}

/** Whether a line tells of a fault that no retry passes. */
export function isHopeless(line: string): boolean {
  return faults.some(({ pattern, hopeless }) => hopeless === true && pattern.test(line));
}
