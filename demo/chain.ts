import type { Job, StepResult } from '../local-runner/job.ts';
import type { BreakageName } from './breakages.ts';
import { removeClientIdAnnotation, renameSubject } from './tamper.ts';

/** The workload of the demo: the blog's names. */
export const workload = { namespace: 'phcloudbrew', name: 'phcloudbrewapp', secret: 'hellosecret' };

type Outputs = Readonly<Record<string, string>>;

export interface Step {
  readonly title: string;
  readonly action: string;
  readonly inputs: (all: Readonly<Record<string, Outputs>>) => Readonly<Record<string, string>>;
  /** What this link showed, in one line. */
  readonly evidence: (outputs: Outputs) => string;
  /** Breaks something by hand once the step is done. */
  readonly tamper?: (all: Readonly<Record<string, Outputs>>, job: Job) => Promise<void>;
}

/** An output that an earlier step must have given. */
function output(all: Readonly<Record<string, Outputs>>, step: string, name: string): string {
  const value = all[step]?.[name];
  if (value === undefined) throw new Error(`the step ${step} gave no output ${name}`);
  return value;
}

/** The steps of the chain, broken at one link or not at all. Each takes its inputs from the outputs of the ones before. */
export function steps(broken: BreakageName | undefined): Readonly<Record<string, Step>> {
  const account = `${workload.namespace}/${workload.name}`;
  return {
    emulator: {
      title: 'Azure, emulated',
      action: 'actions/start-emulator',
      inputs: () => ({}),
      evidence: (own) => `Entra, Graph, ARM, Key Vault and Storage; tenant ${own['tenant-id']}`,
    },
    keys: {
      title: 'Keys',
      action: 'actions/generate-keys',
      inputs: () => ({}),
      evidence: (own) => `RSA pair, key id ${own['key-id']}`,
    },
    ...(broken === 'key' && {
      otherKeys: {
        title: 'Other keys',
        action: 'actions/generate-keys',
        inputs: () => ({ 'output-directory': 'other-keys' }),
        evidence: (own) => `another RSA pair, key id ${own['key-id']}, not published`,
      },
    }),
    issuer: {
      title: 'Issuer',
      action: 'actions/publish-issuer',
      inputs: (all) => ({
        'azure-environment': output(all, 'emulator', 'azure-environment'),
        'public-key-file': output(all, 'keys', 'public-key-file'),
        storage: 'azure-blob',
        'storage-account': output(all, 'emulator', 'storage-account'),
        'resource-group': output(all, 'emulator', 'resource-group'),
        'create-storage-account': 'true',
        container: 'oidc',
      }),
      evidence: (own) => `${own['issuer-url']} serves discovery document and JWKS to strangers`,
    },
    cluster: {
      title: 'Cluster',
      action: 'actions/start-minikube',
      inputs: (all) => {
        const keys = broken === 'key' ? 'otherKeys' : 'keys';
        const issuer = output(all, 'issuer', 'issuer-url');
        return {
          'cluster-provider': 'embedded',
          'issuer-url': broken === 'issuer' ? issuer.replace(/\/$/, '') : issuer,
          'jwks-url': output(all, 'issuer', 'jwks-url'),
          'private-key-file': output(all, keys, 'private-key-file'),
          'public-key-file': output(all, keys, 'public-key-file'),
        };
      },
      evidence: (own) =>
        `Kubernetes ${own['kubernetes-version']} (${own['cluster-provider']}) signs with ${own['key-id']}`,
    },
    identity: {
      title: 'Identity',
      action: 'actions/federate-app',
      inputs: (all) => ({
        'azure-environment': output(all, 'emulator', 'azure-environment'),
        name: 'phcloudbrewkubeid',
        'issuer-url': output(all, 'issuer', 'issuer-url'),
        'service-accounts': account,
        kubeconfig: output(all, 'cluster', 'kubeconfig'),
        ...(broken !== 'role' && { 'key-vault': new URL(output(all, 'emulator', 'key-vault-url')).href }),
      }),
      evidence: (own) => `application ${own['client-id']} trusts ${account}`,
      tamper: async (all, job) => {
        if (broken === 'annotation')
          await removeClientIdAnnotation(output(all, 'cluster', 'kubeconfig'), workload);
        if (broken === 'subject') {
          await renameSubject({
            azureEnvironment: output(all, 'emulator', 'azure-environment'),
            clientId: output(all, 'identity', 'client-id'),
            name: 'somebody-else',
            env: Object.fromEntries(job.exported),
          });
        }
      },
    },
    webhook: {
      title: 'Webhook',
      action: 'actions/install-webhook',
      inputs: (all) => ({
        'azure-environment': output(all, 'emulator', 'azure-environment'),
        'tenant-id': output(all, 'emulator', 'tenant-id'),
        kubeconfig: output(all, 'cluster', 'kubeconfig'),
      }),
      evidence: (own) =>
        `azure-workload-identity ${own['webhook-version']} mutates pods after ${own['ready-seconds']} s`,
    },
    pod: {
      title: 'Workload',
      action: 'actions/verify-pod',
      inputs: (all) => ({
        'azure-environment': output(all, 'emulator', 'azure-environment'),
        kubeconfig: output(all, 'cluster', 'kubeconfig'),
        'service-account': account,
        'issuer-url': output(all, 'issuer', 'issuer-url'),
        'public-key-file': output(all, 'keys', 'public-key-file'),
        'private-key-file': output(all, 'keys', 'private-key-file'),
        'client-id': output(all, 'identity', 'client-id'),
        'tenant-id': output(all, 'identity', 'tenant-id'),
        'key-vault-url': output(all, 'emulator', 'key-vault-url'),
        'secret-name': workload.secret,
        ...(broken === 'label' && { 'pod-labels': 'app=secret-getter' }),
      }),
      evidence: () =>
        `the pod's token was exchanged and the secret "${workload.secret}" read, with no secret of its own`,
    },
  };
}

/** Runs the steps in their order until one fails; `report` sees each as it starts and ends. */
export async function runChain(
  job: Job,
  chain: Readonly<Record<string, Step>>,
  report: { started(step: Step): void; ended(step: Step, result: StepResult): void },
  isCancelled: () => boolean = () => false,
): Promise<{ readonly failed: StepResult | undefined; readonly results: readonly StepResult[] }> {
  const all: Record<string, Outputs> = {};
  const results: StepResult[] = [];
  for (const [id, step] of Object.entries(chain)) {
    report.started(step);
    const result = await job.step(step.title, step.action, step.inputs(all));
    all[id] = result.outputs;
    results.push(result);
    report.ended(step, result);
    if (result.outcome === 'failure' || isCancelled()) return { failed: result, results };
    await step.tamper?.(all, job);
  }
  return { failed: undefined, results };
}
