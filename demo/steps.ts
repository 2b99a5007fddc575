/** The workload of the demo. */
export const workload = { namespace: 'phcloudbrew', name: 'phcloudbrewapp', secret: 'hellosecret' };
const serviceAccount = `${workload.namespace}/${workload.name}`;

/** An output of an earlier step: what `${{ steps.<id>.outputs.<output> }}` is in a workflow. */
export interface Reference {
  readonly step: string;
  readonly output: string;
  readonly change?: (value: string) => string;
}

/** The value of an input; `undefined` leaves the input out. */
export type Value = string | Reference | undefined;

/** One step of the demo's job, as data. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** Folder of the action. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, Value>>;
  /** What the step shows, in one line. `{key-id}` stands for the output of that name. */
  readonly evidence: string;
}

/** Refers to an output of an earlier step. */
export function from(step: string, output: string, change?: (value: string) => string): Reference {
  return { step, output, ...(change && { change }) };
}

const azureEnvironment = from('emulator', 'azure-environment');
const kubeconfig = from('cluster', 'kubeconfig');
const issuerUrl = from('issuer', 'issuer-url');
const publicKeyFile = from('keys', 'public-key-file');
const privateKeyFile = from('keys', 'private-key-file');
const keyVaultUrl = from('emulator', 'key-vault-url');

/** The steps in their order. Each takes its inputs from the outputs of earlier ones. */
export const steps: readonly Step[] = [
  {
    id: 'emulator',
    title: 'Azure emulator',
    action: 'actions/start-emulator',
    inputs: {},
    evidence: 'Entra ID, Microsoft Graph, Resource Manager, Key Vault and Storage, tenant {tenant-id}',
  },
  {
    id: 'keys',
    title: 'Signing key',
    action: 'actions/generate-keys',
    inputs: {},
    evidence: 'RSA key pair with key ID {key-id}',
  },
  {
    id: 'issuer',
    title: 'Issuer',
    action: 'actions/publish-issuer',
    inputs: {
      'azure-environment': azureEnvironment,
      'public-key-file': publicKeyFile,
      storage: 'azure-blob',
      'storage-account': from('emulator', 'storage-account'),
      'resource-group': from('emulator', 'resource-group'),
      'create-storage-account': 'true',
      container: 'oidc',
    },
    evidence: '{issuer-url} serves the discovery document and the JWKS publicly',
  },
  {
    id: 'cluster',
    title: 'Cluster',
    action: 'actions/start-minikube',
    inputs: {
      'cluster-provider': 'embedded',
      'issuer-url': issuerUrl,
      'jwks-url': from('issuer', 'jwks-url'),
      'private-key-file': privateKeyFile,
      'public-key-file': publicKeyFile,
    },
    evidence: 'Kubernetes {kubernetes-version} ({cluster-provider}) signs tokens with key {key-id}',
  },
  {
    id: 'identity',
    title: 'Identity',
    action: 'actions/federate-app',
    inputs: {
      'azure-environment': azureEnvironment,
      name: 'phcloudbrewkubeid',
      'issuer-url': issuerUrl,
      'service-accounts': serviceAccount,
      kubeconfig,
      'key-vault': keyVaultUrl,
    },
    evidence: `application {client-id} trusts the service account ${serviceAccount}`,
  },
  {
    id: 'webhook',
    title: 'Webhook',
    action: 'actions/install-webhook',
    inputs: {
      'azure-environment': azureEnvironment,
      'tenant-id': from('emulator', 'tenant-id'),
      kubeconfig,
    },
    evidence: 'azure-workload-identity {webhook-version} mutates pods after {ready-seconds} s',
  },
  {
    id: 'pod',
    title: 'Workload',
    action: 'actions/verify-pod',
    inputs: {
      'azure-environment': azureEnvironment,
      kubeconfig,
      'service-account': serviceAccount,
      'issuer-url': issuerUrl,
      'public-key-file': publicKeyFile,
      'private-key-file': privateKeyFile,
      'client-id': from('identity', 'client-id'),
      'tenant-id': from('identity', 'tenant-id'),
      'key-vault-url': keyVaultUrl,
      'secret-name': workload.secret,
    },
    evidence: `a pod exchanged its token and read the secret "${workload.secret}", without a stored credential`,
  },
];
