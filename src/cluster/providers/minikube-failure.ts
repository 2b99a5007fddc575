import { FederationError } from '../../errors/index.ts';
import type { Deps, ExecResult } from '../../runtime/index.ts';
import type { ClusterRequest } from '../provider.ts';
import { findKnownFault, isPermanentFault } from './known-faults.ts';
import type { MinikubeEvents, MinikubeFault } from './minikube-events.ts';

interface Refusal {
  readonly id: RegExp;
  readonly message?: RegExp;
  /** What to correct, for the hint. */
  readonly input: string;
}

/** What minikube rejects before it starts anything. The first row that matches applies. */
const refusals: readonly Refusal[] = [
  { id: /^DRV_UNSUPPORTED/, input: '`driver`, for example, `docker`, `podman`, `kvm2` or `none`' },
  { id: /^MK_USAGE$/, message: /container runtime/i, input: '`container-runtime`' },
  { id: /^RSRC_.*MEM/, input: '`memory`' },
  { id: /^RSRC_.*CORES/, input: '`cpus`' },
  { id: /^MK_USAGE$/, input: 'the inputs of this step, including `arguments`' },
];

/** Returns the fault of Docker if minikube reports only that there is one, as it does with --force. */
export async function findDockerFault(
  message: string | undefined,
  deps: Pick<Deps, 'exec'>,
): Promise<FederationError | undefined> {
  if (message?.startsWith('Ensure your Docker is running') !== true) return undefined;
  return deps.exec('docker', ['version'], { timeoutSeconds: 10 }).then(
    ({ stderr }) => findKnownFault(stderr),
    () => findKnownFault('docker: not found'),
  );
}

/**
 * Returns the error of a failed start: a fault of the machine, an input that minikube rejects, or minikube's
 * own message.
 */
export function explainFailure(
  { stdout, stderr, exitCode }: ExecResult,
  { fault, plain, remarks }: MinikubeEvents,
  request: ClusterRequest,
): FederationError {
  const permanent = stdout.split('\n').find(isPermanentFault) ?? '';
  const problem = shorten(fault?.message ?? '') || plain.join('\n') || `exit code ${exitCode}`;
  return (
    findKnownFault([fault?.id, fault?.message, stderr, permanent].join('\n')) ??
    findUnknownVersion(fault, remarks, request) ??
    findRefusal(fault) ??
    new FederationError('minikube-failed', { problem }).addDetails(quoteFault(fault))
  );
}

function findUnknownVersion(
  fault: MinikubeFault | undefined,
  remarks: readonly string[],
  { kubernetesVersion: version = '' }: ClusterRequest,
): FederationError | undefined {
  const remark = remarks.find((one) => /^Specified Kubernetes version .*(newer|older|not found)/.test(one));
  if (remark === undefined && !/^K8S_(INVALID|OLD|NEWER|UNKNOWN)/.test(fault?.id ?? '')) return undefined;
  const problem = remark?.split('. ', 1)[0] ?? fault?.message ?? '';
  return new FederationError('kubernetes-version-unknown', { version, problem });
}

function findRefusal(fault: MinikubeFault | undefined): FederationError | undefined {
  const refusal = refusals.find(
    ({ id, message }) => id.test(fault?.id ?? '') && (message?.test(fault?.message ?? '') ?? true),
  );
  if (fault === undefined || refusal === undefined) return undefined;
  const values = { problem: shorten(fault.message), input: refusal.input };
  return new FederationError('minikube-refused', values).addDetails(quoteFault(fault));
}

function quoteFault(fault: MinikubeFault | undefined): readonly string[] {
  if (fault === undefined) return [];
  return [
    // minikube leaves placeholders in some of its advice.
    ...(fault.advice === '' || fault.advice.includes('{{') ? [] : [`Advice of minikube: ${fault.advice}`]),
    ...(fault.id === '' ? [] : [`Error ID of minikube: ${fault.id}`]),
  ];
}

// The downloader of minikube prints its whole state before the cause, and a failed kubeadm comes with its
// whole output.
function shorten(message: string): string {
  const [first = '', ...rest] = message.replaceAll(/getter: &\{.*?\}: /gs, '').split('\n');
  const errors = rest.filter((line) => /\berror:/i.test(line)).slice(-3);
  return [first.length > 500 ? `${first.slice(0, 499)}…` : first, ...errors].join('\n');
}
