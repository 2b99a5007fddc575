/** Everything that is fetched or built is pinned here: versions, addresses, checksums. Versions without a leading v. */
export const pins = {
  /** Built from `cluster/embedded/<module>`; the go.mod files there hold the same versions, which a test compares. */
  built: {
    'kube-apiserver': {
      version: '1.34.4',
      module: 'kubernetes',
      package: 'k8s.io/kubernetes/cmd/kube-apiserver',
      linkerFlags: [
        '-s -w',
        '-X k8s.io/component-base/version.gitVersion=v1.34.4',
        '-X k8s.io/component-base/version.gitMajor=1',
        '-X k8s.io/component-base/version.gitMinor=34',
      ].join(' '),
    },
    etcd: { version: '3.6.4', module: 'etcd', package: 'go.etcd.io/etcd/server/v3', linkerFlags: '-s -w' },
    'azure-wi-webhook': {
      version: '1.6.0',
      module: 'webhook',
      package: 'github.com/Azure/azure-workload-identity/cmd/webhook',
      linkerFlags: '-s -w',
    },
  },
  /** kube-apiserver, etcd and kubectl as published for tests of controllers. Only architectures with a known checksum. */
  envtest: {
    version: '1.34.1',
    programs: ['kube-apiserver', 'etcd'],
    archives: {
      x64: {
        url: 'https://github.com/kubernetes-sigs/controller-tools/releases/download/envtest-v1.34.1/envtest-v1.34.1-linux-amd64.tar.gz',
        sha512:
          'c5e7c237ae18a8c65d0df1214b864ecd19aa9ff4f1383dbd477c202546d778c0f74efe15750ec38f57d8de26ba17cd62f404446cdd3c975399a5d4589de35cdd',
      },
    },
  },
} as const;

/** The programs of an embedded cluster, by the names of their files. */
export type ProgramName = keyof typeof pins.built;
