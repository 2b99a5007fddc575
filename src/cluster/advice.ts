import { FederationError } from '../errors/index.ts';
import type { ClusterRequest } from './provider.ts';

const signingFaults = [
  'cluster-issuer-default',
  'cluster-issuer-differs',
  'jwks-url-mismatch',
  'signing-key-mismatch',
];

/** The error of a proof with what to set on a cluster that this action did not start itself; every other error as it is. */
export function withAdvice(error: unknown, request: ClusterRequest): unknown {
  if (!(error instanceof FederationError) || !signingFaults.includes(error.code)) return error;
  return new FederationError(error.message, {
    code: error.code,
    fault: error.fault,
    hint: [error.hint, ...howToSet(request)].join('\n'),
    cause: error,
  });
}

function howToSet({ issuerUrl, jwksUrl }: ClusterRequest): readonly string[] {
  const flags = [
    ['service-account-issuer', issuerUrl],
    ...(jwksUrl === undefined ? [] : [['service-account-jwks-uri', jwksUrl] as const]),
  ] as const;
  return [
    'On an existing cluster that is set so:',
    '- kubeadm: put sa.key and sa.pub into /etc/kubernetes/pki of each control-plane node, and into ClusterConfiguration:',
    '    apiServer:',
    '      extraArgs:',
    ...flags.flatMap(([name, value]) => [`        - name: ${name}`, `          value: ${value}`]),
    `- k3s: k3s server ${[
      ...flags,
      ['service-account-signing-key-file', '/path/to/sa.key'],
      ['service-account-key-file', '/path/to/sa.pub'],
    ]
      .map(([name, value]) => `--kube-apiserver-arg=${name}=${value}`)
      .join(' ')}`,
    '- minikube, kind: start the cluster by this action, with cluster-provider: minikube or kind.',
  ];
}
