import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node';
import { diagnoseAdmission } from '../refusals/admission.ts';
import type { Surroundings, VerifyInputs } from '../surroundings.ts';
import { probeImage, sampleImage } from './images.ts';
import { probeScript, probeVariables } from './probe.ts';

type PodContext = Pick<Surroundings, 'inputs' | 'environment'>;

const authorityAnnotation = 'entra-kubernetes-federation/certificate-authority';
const authorityDirectory = '/etc/federation-authority';
const authorityFile = `${authorityDirectory}/ca.crt`;

/** Returns the image of the workload's pod. */
export function choosePodImage(inputs: VerifyInputs): string {
  return inputs.podImage ?? (inputs.podProbe ? probeImage : sampleImage);
}

/** Builds the workload's pod as it is sent to the API server. */
export async function buildPod(context: PodContext, name: string): Promise<V1Pod> {
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
      // Ends by itself if the job dies before it can delete the pod.
      activeDeadlineSeconds: inputs.timeout + 60,
      terminationGracePeriodSeconds: 0,
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      containers: [buildContainer(context)],
      ...(authority !== undefined && {
        volumes: [
          {
            name: 'authority',
            // From the pod's own annotation, so that no other object has to be created and deleted.
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

function buildContainer(context: PodContext): V1Container {
  const { inputs, environment } = context;
  const command = inputs.podProbe ? ['sh', '-c', probeScript] : [...inputs.podCommand];
  return {
    name: 'workload',
    image: choosePodImage(inputs),
    imagePullPolicy: 'IfNotPresent',
    ...(command.length > 0 && { command }),
    env: buildVariables(context),
    ...(environment.caFile !== undefined && {
      volumeMounts: [{ name: 'authority', mountPath: authorityDirectory, readOnly: true }],
    }),
    // The probe meets the restricted Pod Security Standard; other images may need more.
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

function buildVariables({ inputs, environment }: PodContext): V1EnvVar[] {
  const { keyVaultUrl, secretName } = inputs;
  const resource =
    keyVaultUrl === undefined ? environment.resourceManagerAudience : environment.vaultAudience;
  const values = {
    [probeVariables.vault]: keyVaultUrl,
    [probeVariables.secret]: secretName,
    ...(inputs.podProbe && { [probeVariables.scope]: `${resource}/.default` }),
    // The names that OpenSSL and Go, curl, Node and Python's requests use.
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
const dryRunPodName = 'federation-verify';

/**
 * Sends the workload's pod through admission without storing it. Throws CheckFailedError if it is rejected.
 */
export async function admitDryRun(
  surroundings: Pick<Surroundings, 'inputs' | 'cluster' | 'environment'>,
): Promise<V1Pod> {
  const pod = await buildPod(surroundings, dryRunPodName);
  try {
    return await surroundings.cluster.objects.create(pod, undefined, 'All');
  } catch (error) {
    throw diagnoseAdmission(error, surroundings.inputs.serviceAccount);
  }
}

/** Returns a name that no other run uses. */
export function createPodName(): string {
  return `${dryRunPodName}-${randomBytes(4).toString('hex')}`;
}
