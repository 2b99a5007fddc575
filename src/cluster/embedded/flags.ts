import type { ClusterRequest } from '../provider.ts';

// etcd listens on sockets in the folder of the cluster (mode 0700): no ports that another process could take,
// and no other user of the machine can read its Secrets. Its flags need `host:port`, which becomes the name
// of the socket.
const clientSocket = 'etcd:0';
const peerSocket = 'peer:0';

/** Name of etcd's socket in the folder of the cluster. It exists once etcd listens. */
export const etcdSocket = clientSocket;

/** Returns the flags of etcd, which runs in the folder of the cluster. */
export function createEtcdFlags(): readonly string[] {
  return [
    '--data-dir=etcd-data',
    `--listen-client-urls=unix://${clientSocket}`,
    `--advertise-client-urls=unix://${clientSocket}`,
    `--listen-peer-urls=unix://${peerSocket}`,
    `--initial-advertise-peer-urls=unix://${peerSocket}`,
    `--initial-cluster=default=unix://${peerSocket}`,
    // The data need not survive a power failure, because it is deleted with the job.
    '--unsafe-no-fsync',
  ];
}

/**
 * Returns the flags of kube-apiserver, which runs in the folder of the cluster. Those of the user come last
 * and win.
 */
export function createApiServerFlags(
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
    // It admits pods only after the controller manager, which does not run here, has created their
    // ServiceAccount.
    '--disable-admission-plugins=ServiceAccount',
    ...request.arguments,
  ];
}
