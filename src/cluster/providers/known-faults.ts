import { type CodeNeeding, FederationError } from '../../errors/index.ts';

interface KnownFault {
  readonly pattern: RegExp;
  readonly code: CodeNeeding<'detail' | 'problem'>;
  readonly problem?: string;
  /** Whether the retries of the tool itself, which take a minute, cannot succeed. */
  readonly isPermanent?: boolean;
}

const knownFaults: readonly KnownFault[] = [
  {
    pattern:
      /permission denied while trying to connect to the docker|dial unix \S*docker\.sock: connect: permission denied|PROVIDER_DOCKER_NEWGRP/i,
    code: 'container-engine-unavailable',
    problem: 'this user has no permission to use Docker',
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|Is the docker daemon running|docker\.sock: connect: (no such file|connection refused)|PROVIDER_DOCKER_NOT_RUNNING/i,
    code: 'container-engine-unavailable',
    problem: 'the Docker daemon is not running',
  },
  {
    pattern:
      /"?docker"?: executable file not found|docker: not found|failed to detect any supported node provider|PROVIDER_DOCKER_NOT_FOUND/i,
    code: 'container-engine-unavailable',
    problem: 'Docker, Podman or nerdctl is not installed',
  },
  {
    pattern: /no space left on device|ENOSPC|RSRC_DOCKER_STORAGE/i,
    code: 'disk-full',
    isPermanent: true,
  },
  {
    pattern:
      /listen \w+ (\S+:\d+): bind: address already in use|Bind for (\S+:\d+) failed: port is already allocated/i,
    code: 'port-taken',
    isPermanent: true,
  },
  { pattern: /failed to pull image \\?"([^"\\]+)/i, code: 'node-image-unavailable' },
];

/** Returns the error for the output of a tool if its container engine or the machine is at fault. */
export function findKnownFault(output: string): FederationError | undefined {
  for (const { pattern, code, problem = '' } of knownFaults) {
    const match = pattern.exec(output);
    if (match === null) continue;
    const line = output.split('\n').find((one) => pattern.test(one));
    const values = { detail: match[1] ?? match[2] ?? '', problem };
    return new FederationError(code, values, { cause: new Error(line ?? output) });
  }
  return undefined;
}

/** Returns whether a line reports a fault that no retry can fix. */
export function isPermanentFault(line: string): boolean {
  return knownFaults.some(({ pattern, isPermanent }) => isPermanent === true && pattern.test(line));
}
