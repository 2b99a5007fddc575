/** Versions (without a leading v), URLs and checksums of everything that is downloaded or built. */
export const pins = {
  /** Built from `go/<module>`. A test compares these versions with the go.mod files there. */
  built: {
    'kube-apiserver': {
      version: '1.34.4',
      module: 'kube-apiserver',
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
  /**
   * Downloaded unless they are on PATH. `checksumSuffix` is appended to `url` for the published checksum
   * file.
   */
  tools: {
    minikube: {
      version: '1.38.1',
      url: 'https://github.com/kubernetes/minikube/releases/download/v{version}/minikube-linux-{arch}',
      checksumSuffix: '.sha256',
      sha256: {
        amd64: '099477eaf248bcb5bcea8ce78a2898e93ac01461c35189da1848c3de82ecd22e',
        arm64: 'a0b8a1ebfc8c07a247271d8df98ac0ddd7c8c855b601d402463e2e50c08c6bab',
      },
    },
    kind: {
      version: '0.32.0',
      url: 'https://github.com/kubernetes-sigs/kind/releases/download/v{version}/kind-linux-{arch}',
      checksumSuffix: '.sha256sum',
      sha256: {
        amd64: '50030de23cf40a18505f20426f6a8506bedf13c6e509244bd1fa9463721b0f54',
        arm64: 'b92cd615e97585de8ddade28ed5cd7feb4248d717c233eea5b03c37298900f5d',
      },
    },
  },
  /**
   * Node images of kind by Kubernetes version. Other versions are pulled by tag, which the maintainers of
   * kind may move.
   */
  nodeImages: {
    'v1.36.1': 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5',
    'v1.34.8': 'kindest/node:v1.34.8@sha256:02722c2dedddcfc00febf5d27fbeb9b7b2c14294c82109ff4a85d89ac9ba3256',
  },
  /**
   * Archives with kube-apiserver, etcd and kubectl, published for tests of controllers. Only architectures
   * with a known checksum.
   */
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

/** Tools that start clusters in containers. */
export type ToolName = keyof typeof pins.tools;

/** Programs of an embedded cluster, by the names of their files. */
export type ProgramName = keyof typeof pins.built;
