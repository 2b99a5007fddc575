import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node';
import { refusedAdmission } from '../refusals/admission.ts';
import type { Surroundings, VerifyInputs } from '../surroundings.ts';
import { blogImage, probeImage } from './images.ts';
import { probeScript, probeVariables } from './probe.ts';

type PodContext = Pick<Surroundings, 'inputs' | 'environment'>;

const authorityAnnotation = 'entra-kubernetes-federation/certificate-authority';
const authorityDirectory = '/etc/federation-authority';
const authorityFile = `${authorityDirectory}/ca.crt`;

/** Image of the workload's pod. */
export function choosePodImage(inputs: VerifyInputs): string {
  return inputs.podImage ?? (inputs.podProbe ? probeImage : blogImage);
}

/** The workload's pod as it is sent to the API server: the blog's by default. */
export async function workloadPod(context: PodContext, name: string): Promise<V1Pod> {
  const { inputs, environment } = context;
  const authority = environment.caFile === undefined ? undefined : await readFile(environment.caFile, 'utf8');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: inputs.serviceAccount.namespace,
      labels: { ...inputs.podLabels },
      ...(authority !== undefined && { annotations: { [authorityAnnotation]: authority } }),
    },
    spec: {
      serviceAccountName: inputs.serviceAccount.name,
      restartPolicy: 'Never',
      // Ends by itself where the job is gone before it could remove the pod.
      activeDeadlineSeconds: inputs.timeout + 60,
      terminationGracePeriodSeconds: 0,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      containers: [container(context)],
      ...(authority !== undefined && {
        volumes: [
          {
            name: 'authority',
            // Out of the pod's own annotation: nothing else has to be made, and nothing else to be removed.
            downwardAPI: {
              items: [
                {
                  path: 'ca.crt',
                  fieldRef: { fieldPath: `metadata.annotations['${authorityAnnotation}']` },
                },
              ],
            },
          },
        ],
      }),
    },
  };
}

function container(context: PodContext): V1Container {
  const { inputs, environment } = context;
  const command = inputs.podProbe ? ['sh', '-c', probeScript] : [...inputs.podCommand];
  return {
    name: 'workload',
    image: choosePodImage(inputs),
    imagePullPolicy: 'IfNotPresent',
    ...(command.length > 0 && { command }),
    env: variables(context),
    ...(environment.caFile !== undefined && {
      volumeMounts: [{ name: 'authority', mountPath: authorityDirectory, readOnly: true }],
    }),
    // Needs nothing, and so is admitted to namespaces of the restricted standard; images of others may need more.
    ...(inputs.podProbe && {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    }),
  };
}

function variables({ inputs, environment }: PodContext): V1EnvVar[] {
  const { keyVaultUrl, secretName } = inputs;
  const resource =
    keyVaultUrl === undefined ? environment.resourceManagerAudience : environment.vaultAudience;
  const values = {
    [probeVariables.vault]: keyVaultUrl,
    [probeVariables.secret]: secretName,
    ...(inputs.podProbe && { [probeVariables.scope]: `${resource}/.default` }),
    // By the names under which OpenSSL and Go, curl, Node and Python's requests look for it.
    ...(environment.caFile !== undefined && {
      SSL_CERT_FILE: authorityFile,
      CURL_CA_BUNDLE: authorityFile,
      NODE_EXTRA_CA_CERTS: authorityFile,
      REQUESTS_CA_BUNDLE: authorityFile,
    }),
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** Name of the pod in dry runs. */
export const dryRunPodName = 'federation-verify';

/** Sends the workload's pod through admission without storing it. Throws CheckFailedError where it is refused. */
export async function admitDryRun(
  surroundings: Pick<Surroundings, 'inputs' | 'cluster' | 'environment'>,
): Promise<V1Pod> {
  const pod = await workloadPod(surroundings, dryRunPodName);
  try {
    return await surroundings.cluster.objects.create(pod, undefined, 'All');
  } catch (error) {
    throw refusedAdmission(error, surroundings.inputs.serviceAccount);
  }
}

/** A name that no other run uses. */
export function newPodName(): string {
  return `${dryRunPodName}-${randomBytes(4).toString('hex')}`;
}
