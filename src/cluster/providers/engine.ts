import { FederationError } from '../../runtime/index.ts';

const faults = [
  {
    pattern:
      /permission denied while trying to connect to the docker|dial unix \S*docker\.sock: connect: permission denied/i,
    why: 'this user may not talk to Docker',
    hint: 'Add the user that runs the job to the group docker, and start the runner again.',
  },
  {
    pattern:
      /Cannot connect to the Docker daemon|Is the docker daemon running|docker\.sock: connect: (no such file|connection refused)/i,
    why: 'Docker does not run',
    hint: 'Start Docker before this step (systemctl start docker), or use cluster-provider: embedded, which needs no containers.',
  },
  {
    pattern:
      /"?docker"?: executable file not found|docker: not found|failed to detect any supported node provider/i,
    why: 'no Docker, Podman or nerdctl is installed',
    hint: 'Install one on the runner, or use cluster-provider: embedded, which needs no containers.',
  },
  {
    pattern: /no space left on device/i,
    why: 'the disk is full',
    hint: 'Free some space before this step; a node image needs several gigabytes below /var/lib/docker.',
  },
] as const;

/** The error of what a tool printed, where its container engine or the machine is at fault; undefined for everything else. */
export function engineFault(output: string): FederationError | undefined {
  const fault = faults.find(({ pattern }) => pattern.test(output));
  if (fault === undefined) return undefined;
  return new FederationError(`failed to start the cluster: ${fault.why}`, {
    code: 'container-engine-unavailable',
    hint: fault.hint,
  });
}
