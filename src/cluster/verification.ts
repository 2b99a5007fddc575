import { FederationError } from '../errors/index.ts';
import { connectCluster } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { type Proof, prove } from './proof.ts';
import type { Access, ClusterRequest } from './provider.ts';

/** A running cluster that signs as requested. */
export interface VerifiedCluster {
  readonly access: Access;
  readonly proof: Proof;
}

// What the flags of kube-apiserver and its key files decide.
const signingErrors = [
  'cluster-issuer-default',
  'cluster-issuer-differs',
  'jwks-url-mismatch',
  'signing-key-mismatch',
];

/**
 * Verifies what a running cluster signs. Throws what `prove` throws; for an existing cluster, the hint says
 * how to configure it.
 */
export async function verifyCluster(
  access: Access,
  request: ClusterRequest,
  deps: Deps,
): Promise<VerifiedCluster> {
  try {
    return { access, proof: await prove(await connectCluster(access, deps), request, deps) };
  } catch (error) {
    const isConfigured = request.provider === 'existing' && error instanceof FederationError;
    if (isConfigured && signingErrors.includes(error.code)) error.addAdvice(describeConfiguration(request));
    throw error;
  }
}

function describeConfiguration({ issuerUrl, jwksUrl }: ClusterRequest): readonly string[] {
  const flags = {
    'service-account-issuer': issuerUrl,
    ...(jwksUrl !== undefined && { 'service-account-jwks-uri': jwksUrl }),
  };
  const keyFlags = {
    'service-account-signing-key-file': '/path/to/sa.key',
    'service-account-key-file': '/path/to/sa.pub',
  };
  const k3sFlags = Object.entries({ ...flags, ...keyFlags }).map(
    ([name, value]) => `--kube-apiserver-arg=${name}=${value}`,
  );
  return [
    'To configure an existing cluster:',
    '- kubeadm: copy sa.key and sa.pub to /etc/kubernetes/pki of each control-plane node, and set in ClusterConfiguration:',
    '    apiServer:',
    '      extraArgs:',
    ...Object.entries(flags).flatMap(([name, value]) => [
      `        - name: ${name}`,
      `          value: ${value}`,
    ]),
    `- k3s: k3s server ${k3sFlags.join(' ')}`,
    '- minikube, kind: start the cluster with this action and `cluster-provider: minikube` or `kind`.',
  ];
}
