import { createHash } from 'node:crypto';
import type { ApplicableObject } from '../kubernetes/index.ts';
import type { WebhookAuthority } from './authority.ts';
import type { ServingCertificates } from './certificates/index.ts';
import {
  certificateSecretName,
  configMapName,
  deploymentName,
  serviceName,
  systemLabels,
  systemNamespace,
  webhookPort,
} from './contract.ts';

export interface InstallationOptions {
  readonly tenantId: string;
  readonly authority: WebhookAuthority;
  readonly image: string;
  readonly replicas: number;
  readonly certificates: ServingCertificates;
  /** Labels that select the pods of the Deployment. They are immutable. */
  readonly selector: Readonly<Record<string, string>>;
}

const serviceAccountName = 'azure-wi-webhook-admin';
const roleName = 'azure-wi-webhook-manager-role';
const roleBindingName = 'azure-wi-webhook-manager-rolebinding';
const environmentConfigMapName = 'azure-wi-webhook-environment';
/** Where the endpoints file is mounted in the webhook's pods. */
export const environmentDirectory = '/etc/azure-environment';
/** The volume and the mount of that file. */
export const environmentVolume = {
  volume: { name: 'environment', configMap: { name: environmentConfigMapName } },
  mount: { name: 'environment', mountPath: environmentDirectory, readOnly: true },
};
const healthPort = 9440;
const metricsPort = 8095;
const rbac = 'rbac.authorization.k8s.io';

/** Returns the namespace, which must exist first. It enforces the restricted Pod Security Standard. */
export function buildNamespace(): ApplicableObject {
  const restricted = ['audit', 'enforce', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: systemNamespace, labels: { ...systemLabels, ...Object.fromEntries(restricted) } },
  };
}

/**
 * Returns everything that must exist before the Deployment, above all the certificates: a pod that mounts an empty Secret waits a
 * minute or more for the kubelet to refresh it, and until then every labeled pod of the cluster is rejected.
 */
export function buildPrerequisites(options: InstallationOptions): readonly ApplicableObject[] {
  return [
    namespaced('v1', 'ServiceAccount', serviceAccountName),
    ...buildAccessRules(),
    configMap(configMapName, {
      ...options.authority.variables,
      AZURE_TENANT_ID: options.tenantId,
      ...(options.authority.file && {
        AZURE_ENVIRONMENT_FILEPATH: `${environmentDirectory}/environment.json`,
      }),
    }),
    ...(options.authority.file === undefined ? [] : [buildEnvironmentConfigMap(options.authority.file)]),
    buildCertificateSecret(options.certificates),
    namespaced('v1', 'Service', serviceName, {
      spec: { ports: [{ port: 443, targetPort: webhookPort, protocol: 'TCP' }], selector: systemLabels },
    }),
    namespaced('policy/v1', 'PodDisruptionBudget', deploymentName, {
      spec: { minAvailable: 1, selector: { matchLabels: systemLabels } },
    }),
  ];
}

/** Returns the endpoints file of a cloud that the webhook does not know by name. */
export function buildEnvironmentConfigMap(file: string): ApplicableObject {
  return configMap(environmentConfigMapName, { 'environment.json': file });
}

/** Returns the Secret in the form that the webhook's own rotation reads and writes. */
export function buildCertificateSecret(certificates: ServingCertificates): ApplicableObject {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  return namespaced('v1', 'Secret', certificateSecretName, {
    type: 'Opaque',
    data: {
      'ca.crt': encoded(certificates.caCertificate),
      'ca.key': encoded(certificates.caKey),
      'tls.crt': encoded(certificates.certificate),
      'tls.key': encoded(certificates.key),
    },
  });
}

/** Returns the Deployment. Its pods carry a digest of their configuration and CA, so that a change replaces them. */
export function buildDeployment(options: InstallationOptions): ApplicableObject {
  return namespaced('apps/v1', 'Deployment', deploymentName, {
    spec: {
      replicas: options.replicas,
      selector: { matchLabels: options.selector },
      template: {
        metadata: {
          labels: { ...options.selector, ...systemLabels },
          annotations: buildPodAnnotations(options, options.certificates),
        },
        spec: {
          serviceAccountName,
          priorityClassName: 'system-cluster-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          containers: [buildContainer(options)],
          volumes: [
            { name: 'cert', secret: { secretName: certificateSecretName, defaultMode: 0o644 } },
            ...(options.authority.file === undefined ? [] : [environmentVolume.volume]),
          ],
        },
      },
    },
  });
}

/** Returns the annotations by which a change of configuration or CA replaces the pods: a changed ConfigMap alone does not. */
export function buildPodAnnotations(
  { tenantId, authority }: Pick<InstallationOptions, 'tenantId' | 'authority'>,
  { caCertificate }: ServingCertificates,
): Readonly<Record<string, string>> {
  const configuration = JSON.stringify([tenantId, authority.variables, authority.file, caCertificate]);
  return {
    'entra-kubernetes-federation/configuration': createHash('sha256').update(configuration).digest('hex'),
  };
}

const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: 65532,
  runAsNonRoot: true,
  runAsUser: 65532,
  seccompProfile: { type: 'RuntimeDefault' },
};

const probe = (path: string) => ({ httpGet: { path, port: 'healthz' } });
const probes = {
  // The published probe waits five seconds and then runs every five, which is most of the time until the webhook is ready.
  readinessProbe: { ...probe('/readyz'), initialDelaySeconds: 0, periodSeconds: 1, failureThreshold: 3 },
  livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 15, periodSeconds: 20, failureThreshold: 6 },
};

function buildContainer(options: InstallationOptions): object {
  return {
    name: 'manager',
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/manager'],
    args: ['--log-level=info', `--audience=${options.authority.audience}`],
    envFrom: [{ configMapRef: { name: configMapName } }],
    env: [
      {
        name: 'POD_NAMESPACE',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
      },
    ],
    ports: [
      { name: 'webhook-server', containerPort: webhookPort, protocol: 'TCP' },
      { name: 'metrics', containerPort: metricsPort, protocol: 'TCP' },
      { name: 'healthz', containerPort: healthPort, protocol: 'TCP' },
    ],
    ...probes,
    // No CPU limit: the published 100m slows down the start of the program by several seconds.
    resources: { requests: { cpu: '100m', memory: '20Mi' }, limits: { memory: '64Mi' } },
    securityContext,
    volumeMounts: [
      { name: 'cert', mountPath: '/certs', readOnly: true },
      ...(options.authority.file === undefined ? [] : [environmentVolume.mount]),
    ],
  };
}

/** Returns the roles of the webhook: to write its Secret, read service accounts, and set the CA in its configuration. */
export function buildAccessRules(): readonly ApplicableObject[] {
  const subjects = [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: systemNamespace }];
  const roleRef = (kind: string) => ({ apiGroup: rbac, kind, name: roleName });
  const clusterScoped = (kind: string, name: string, rest: object): ApplicableObject => ({
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name, labels: systemLabels },
    ...rest,
  });
  const all = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  return [
    namespaced(`${rbac}/v1`, 'Role', roleName, {
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: all }],
    }),
    namespaced(`${rbac}/v1`, 'RoleBinding', roleBindingName, { roleRef: roleRef('Role'), subjects }),
    clusterScoped('ClusterRole', roleName, {
      rules: [
        { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'list', 'watch'] },
        {
          apiGroups: ['admissionregistration.k8s.io'],
          resources: ['mutatingwebhookconfigurations'],
          verbs: ['get', 'list', 'update', 'watch'],
        },
      ],
    }),
    clusterScoped('ClusterRoleBinding', roleBindingName, { roleRef: roleRef('ClusterRole'), subjects }),
  ];
}

function configMap(name: string, data: Readonly<Record<string, string>>): ApplicableObject {
  return namespaced('v1', 'ConfigMap', name, { data });
}

function namespaced(apiVersion: string, kind: string, name: string, rest: object = {}): ApplicableObject {
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: systemNamespace, labels: systemLabels },
    ...rest,
  };
}

/** Returns the published image of azure-workload-identity for a version such as `v1.6.0`. */
export function getPublishedImage(version: string): string {
  return `mcr.microsoft.com/oss/azure/workload-identity/webhook:${version}`;
}
