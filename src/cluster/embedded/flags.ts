import type { ClusterRequest } from '../provider.ts';

// etcd listens on sockets in the cluster's folder (mode 0700): no port to race for, and no other user of the machine reads the
// Secrets in it. Its flags want `host:port`, and the socket gets that name.
const clientSocket = 'etcd:0';
const peerSocket = 'peer:0';

/** Name of etcd's socket in the cluster's folder, there as soon as it listens. */
export const etcdSocket = clientSocket;

/** Flags of etcd, which runs in the cluster's folder. */
export function etcdFlags(): readonly string[] {
  return [
    '--data-dir=etcd-data',
    `--listen-client-urls=unix://${clientSocket}`,
    `--advertise-client-urls=unix://${clientSocket}`,
    `--listen-peer-urls=unix://${peerSocket}`,
    `--initial-advertise-peer-urls=unix://${peerSocket}`,
    `--initial-cluster=default=unix://${peerSocket}`,
    // The data is gone with the job, so it need not survive a power cut.
    '--unsafe-no-fsync',
  ];
}

/** Flags of kube-apiserver, which runs in the cluster's folder. The user's own come last and win. */
export function apiServerFlags(
  request: Pick<ClusterRequest, 'issuerUrl' | 'jwksUrl' | 'arguments'> & {
    readonly key: { readonly privateKeyFile: string; readonly publicKeyFile: string };
  },
  port: number,
): readonly string[] {
  return [
    `--service-account-issuer=${request.issuerUrl}`,
    ...(request.jwksUrl === undefined ? [] : [`--service-account-jwks-uri=${request.jwksUrl}`]),
    `--service-account-signing-key-file=${request.key.privateKeyFile}`,
    `--service-account-key-file=${request.key.publicKeyFile}`,
    `--etcd-servers=unix://${clientSocket}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // Endpoints of the service `kubernetes` must not be loopback addresses, and no pod would use them.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--cert-dir=certificates',
    '--token-auth-file=tokens.csv',
    '--anonymous-auth=false',
    '--authorization-mode=RBAC',
    // It admits a pod only once its ServiceAccount and that of the namespace are there, which the controller manager makes; there is none here.
    '--disable-admission-plugins=ServiceAccount',
    ...request.arguments,
  ];
}
