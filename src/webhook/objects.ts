import { createHash } from 'node:crypto';
import type { ApplicableObject } from '../kubernetes/index.ts';
import type { WebhookAuthority } from './authority.ts';
import type { ServingCertificates } from './certificates/issue.ts';
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
  /** Labels by which the Deployment knows its pods: never changed once it is there. */
  readonly selector: Readonly<Record<string, string>>;
}

const serviceAccountName = 'azure-wi-webhook-admin';
const roleName = 'azure-wi-webhook-manager-role';
const roleBindingName = 'azure-wi-webhook-manager-rolebinding';
const environmentConfigMapName = 'azure-wi-webhook-environment';
/** Where the webhook's pods find the file of endpoints. */
export const environmentDirectory = '/etc/azure-environment';
/** The volume and the mount that bring it there. */
export const environmentVolume = {
  volume: { name: 'environment', configMap: { name: environmentConfigMapName } },
  mount: { name: 'environment', mountPath: environmentDirectory, readOnly: true },
};
const healthPort = 9440;
const metricsPort = 8095;
const rbac = 'rbac.authorization.k8s.io';

/** The namespace, which has to be there before all else; pods in it are held to the restricted standard. */
export function namespaceObject(): ApplicableObject {
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
 * Everything that has to be there before the Deployment, the certificates above all: a pod that mounts the Secret while it is empty waits
 * a minute or more for the kubelet's next look at it, and until then every labelled pod of the cluster is refused.
 */
export function prerequisites(options: InstallationOptions): readonly ApplicableObject[] {
  return [
    namespaced('v1', 'ServiceAccount', serviceAccountName),
    ...accessRules(),
    configMap(configMapName, {
      ...options.authority.variables,
      AZURE_TENANT_ID: options.tenantId,
      ...(options.authority.file && {
        AZURE_ENVIRONMENT_FILEPATH: `${environmentDirectory}/environment.json`,
      }),
    }),
    ...(options.authority.file === undefined ? [] : [environmentConfigMap(options.authority.file)]),
    certificateSecret(options.certificates),
    namespaced('v1', 'Service', serviceName, {
      spec: { ports: [{ port: 443, targetPort: webhookPort, protocol: 'TCP' }], selector: systemLabels },
    }),
    namespaced('policy/v1', 'PodDisruptionBudget', deploymentName, {
      spec: { minAvailable: 1, selector: { matchLabels: systemLabels } },
    }),
  ];
}

/** The file of endpoints of a cloud that the webhook does not know by name. */
export function environmentConfigMap(file: string): ApplicableObject {
  return configMap(environmentConfigMapName, { 'environment.json': file });
}

/** The Secret in the form that the webhook's own rotation reads and writes. */
export function certificateSecret(certificates: ServingCertificates): ApplicableObject {
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

/** The Deployment. A change of configuration or of the CA is written on the pods, so that it replaces them. */
export function deployment(options: InstallationOptions): ApplicableObject {
  const { authority } = options;
  const settled = JSON.stringify([
    options.tenantId,
    authority.variables,
    authority.file,
    options.certificates.caCertificate,
  ]);
  return namespaced('apps/v1', 'Deployment', deploymentName, {
    spec: {
      replicas: options.replicas,
      selector: { matchLabels: options.selector },
      template: {
        metadata: {
          labels: { ...options.selector, ...systemLabels },
          annotations: {
            'entra-kubernetes-federation/configuration': createHash('sha256').update(settled).digest('hex'),
          },
        },
        spec: {
          serviceAccountName,
          priorityClassName: 'system-cluster-critical',
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          containers: [container(options)],
          volumes: [
            { name: 'cert', secret: { secretName: certificateSecretName, defaultMode: 0o644 } },
            ...(authority.file === undefined ? [] : [environmentVolume.volume]),
          ],
        },
      },
    },
  });
}

function container(options: InstallationOptions): object {
  const probe = (path: string) => ({ httpGet: { path, port: 'healthz' } });
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
    // As published it is first asked after five seconds and then every five, which is most of the time until it is ready.
    readinessProbe: { ...probe('/readyz'), initialDelaySeconds: 0, periodSeconds: 1, failureThreshold: 3 },
    livenessProbe: {
      ...probe('/healthz'),
      initialDelaySeconds: 15,
      periodSeconds: 20,
      failureThreshold: 6,
    },
    // No limit on the processor: the published 100m stretches the program's start to several seconds.
    resources: { requests: { cpu: '100m', memory: '20Mi' }, limits: { memory: '64Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsGroup: 65532,
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'cert', mountPath: '/certs', readOnly: true },
      ...(options.authority.file === undefined ? [] : [environmentVolume.mount]),
    ],
  };
}

/** What the webhook may do: its own Secret, service accounts to read, the CA in its own configuration. Some of it outlives the namespace. */
export function accessRules(): readonly ApplicableObject[] {
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

/** The image that azure-workload-identity publishes for a version such as `v1.6.0`. */
export function publishedImage(version: string): string {
  return `mcr.microsoft.com/oss/azure/workload-identity/webhook:${version}`;
}
