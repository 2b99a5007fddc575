/** The names that azure-workload-identity v1.6.0 uses. With the same names, existing installations are found and adopted. */

export const systemNamespace = 'azure-workload-identity-system';
export const deploymentName = 'azure-wi-webhook-controller-manager';
export const serviceName = 'azure-wi-webhook-webhook-service';
export const certificateSecretName = 'azure-wi-webhook-server-cert';
export const configMapName = 'azure-wi-webhook-config';
export const configurationName = 'azure-wi-webhook-mutating-webhook-configuration';
export const configurationKind = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
} as const;
export const webhookName = 'mutation.azure-workload-identity.io';
export const mutatePath = '/mutate-v1-pod';
/** Fixed in the program: neither a flag nor a variable changes it. */
export const webhookPort = 9443;

/** The label of all objects of an installation. It is also the selector of the Deployment, which is immutable. */
export const systemLabels: { readonly [label: string]: string } = {
  'azure-workload-identity.io/system': 'true',
};

/** Label that enables the webhook for a pod. It has no effect on a service account. */
export const useLabel = 'azure.workload.identity/use';
export const clientIdAnnotation = 'azure.workload.identity/client-id';
export const tenantIdAnnotation = 'azure.workload.identity/tenant-id';
export const tokenExpirationAnnotation = 'azure.workload.identity/service-account-token-expiration';
/** On the pod: names of containers, separated by `;`, that the webhook leaves unchanged. */
export const skipContainersAnnotation = 'azure.workload.identity/skip-containers';

/** The variables that the webhook injects, in its order. It never replaces a variable that the container sets. */
export const injectedVariables = [
  'AZURE_CLIENT_ID',
  'AZURE_TENANT_ID',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
] as const;
export type InjectedVariable = (typeof injectedVariables)[number];
