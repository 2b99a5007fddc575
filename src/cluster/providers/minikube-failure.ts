import { FederationError } from '../../errors/index.ts';
import type { Deps, ExecResult } from '../../runtime/index.ts';
import type { ClusterRequest } from '../provider.ts';
import { isHopeless, knownFault } from './known-faults.ts';
import type { MinikubeEvents, MinikubeFault } from './minikube-events.ts';

interface Refusal {
  /** minikube's own id of the error. */
  readonly id: RegExp;
  readonly says: RegExp;
  /** The input that it is about. */
  readonly input: string;
}

const anything = /(?:)/;

/** What minikube refuses because of how it was asked, before it starts anything. The first row that fits counts. */
const refusals: readonly Refusal[] = [
  { id: /^DRV_UNSUPPORTED/, says: anything, input: 'the input driver: docker, podman, kvm2 or none' },
  { id: /^MK_USAGE$/, says: /container runtime/i, input: 'the input container-runtime' },
  { id: /^RSRC_.*MEM/, says: anything, input: 'the input memory' },
  { id: /^RSRC_.*CORES/, says: anything, input: 'the input cpus' },
  { id: /^MK_USAGE$/, says: anything, input: 'the inputs of this step, arguments among them' },
];

/** What is wrong with Docker where minikube says only this much, as it does with --force; undefined where it says something else. */
export async function dockerFault(
  message: string | undefined,
  deps: Pick<Deps, 'exec'>,
): Promise<FederationError | undefined> {
  if (message?.startsWith('Ensure your Docker is running') !== true) return undefined;
  return deps.exec('docker', ['version'], { timeoutSeconds: 10 }).then(
    ({ stderr }) => knownFault(stderr),
    () => knownFault('docker: not found'),
  );
}

/** The error of a start that ended: a fault of the machine, an input that minikube refuses, or what minikube says itself. */
export function failureOf(
  { stdout, stderr, exitCode }: ExecResult,
  { fault, plain, remarks }: MinikubeEvents,
  request: ClusterRequest,
): FederationError {
  const hopeless = stdout.split('\n').find(isHopeless) ?? '';
  const message = shortened(fault?.message ?? '') || plain.join('\n') || `exit code ${exitCode}`;
  const origin = fault?.name && `minikube calls this ${fault.name}.`;
  return (
    knownFault([fault?.name, fault?.message, stderr, hopeless].join('\n')) ??
    versionUnknown(fault, remarks, request) ??
    refusalOf(fault) ??
    new FederationError(`failed to start minikube: ${message}`, {
      code: 'minikube-failed',
      fault: 'service',
      hint: [adviceOf(fault), origin].filter(Boolean).join('\n'),
    })
  );
}

function versionUnknown(
  fault: MinikubeFault | undefined,
  remarks: readonly string[],
  { kubernetesVersion }: ClusterRequest,
): FederationError | undefined {
  const remark = remarks.find((one) => /^Specified Kubernetes version .*(newer|older|not found)/.test(one));
  if (remark === undefined && !/^K8S_(INVALID|OLD|NEWER|UNKNOWN)/.test(fault?.name ?? '')) return undefined;
  const why = remark?.split('. ', 1)[0] ?? fault?.message;
  return new FederationError(
    `failed to start minikube: it does not know Kubernetes ${kubernetesVersion}: ${why}`,
    {
      code: 'kubernetes-version-unknown',
      hint: 'Correct kubernetes-version, or name a newer minikube with tool-version. What a minikube knows: minikube config defaults kubernetes-version',
    },
  );
}

function refusalOf(fault: MinikubeFault | undefined): FederationError | undefined {
  if (fault === undefined) return undefined;
  const refused = refusals.find(({ id, says }) => id.test(fault.name) && says.test(fault.message));
  if (refused === undefined) return undefined;
  return new FederationError(`failed to start minikube: ${shortened(fault.message)}`, {
    code: 'minikube-refused',
    hint: [`Correct ${refused.input}.`, adviceOf(fault), `minikube calls this ${fault.name}.`]
      .filter(Boolean)
      .join('\n'),
  });
}

// Of some it forgets to fill in the blanks.
function adviceOf(fault: MinikubeFault | undefined): string {
  return fault === undefined || fault.advice.includes('{{') ? '' : fault.advice;
}

// Its downloader prints the whole state of itself in front of the cause, and a failed kubeadm comes with all that it printed.
function shortened(message: string): string {
  const [first = '', ...rest] = message.replaceAll(/getter: &\{.*?\}: /gs, '').split('\n');
  const errors = rest.filter((line) => /\berror:/i.test(line)).slice(-3);
  return [first.length > 500 ? `${first.slice(0, 499)}…` : first, ...errors].join('\n');
}
