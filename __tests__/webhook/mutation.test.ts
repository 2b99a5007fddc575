import { describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { findInjectedToken, findMutationFaults } from '../../src/webhook/mutation.ts';
import { describeFault } from '../../src/webhook/readiness.ts';

const expected = {
  variables: {
    AZURE_CLIENT_ID: 'client',
    AZURE_TENANT_ID: 'tenant',
    AZURE_AUTHORITY_HOST: 'https://login.example/',
  },
  audience: 'api://AzureADTokenExchange',
  expirationSeconds: 3600,
};

/** A pod as version 1.6 mutates it, with a change. */
function buildPod(
  change: (pod: Required<Pick<V1Pod, 'metadata' | 'spec'>>) => void = () => undefined,
): V1Pod {
  const volume = 'azure-workload-identity-reserved-0123456789abcdef0123456789abcd';
  const mutated = {
    metadata: { name: 'p' },
    spec: {
      containers: ['one', 'two'].map((name) => ({
        name,
        env: [
          ...Object.entries(expected.variables).map(([variable, value]) => ({ name: variable, value })),
          {
            name: 'AZURE_FEDERATED_TOKEN_FILE',
            value: '/var/run/secrets/azure/wi/token/azure-identity-token',
          },
        ],
        volumeMounts: [{ name: volume, mountPath: '/var/run/secrets/azure/wi', readOnly: true }],
      })),
      volumes: [
        {
          name: volume,
          projected: {
            sources: [
              {
                serviceAccountToken: {
                  audience: 'api://AzureADTokenExchange',
                  expirationSeconds: 3600,
                  path: 'token/azure-identity-token',
                },
              },
            ],
          },
        },
      ],
    },
  };
  change(mutated as Required<Pick<V1Pod, 'metadata' | 'spec'>>);
  return mutated;
}

const describeFaults = (pod: V1Pod) => findMutationFaults(pod, expected).map(describeFault);

describe('findMutationFaults', () => {
  test('accepts a pod that the webhook mutated', () => {
    expect(describeFaults(buildPod())).toEqual([]);
  });

  test('accepts the volume and path of version 1.5', () => {
    const pod = buildPod(({ spec }) => {
      const [volume] = spec.volumes ?? [];
      if (volume) volume.name = 'azure-identity-token';
      for (const source of volume?.projected?.sources ?? [])
        if (source.serviceAccountToken) source.serviceAccountToken.path = 'azure-identity-token';
      for (const container of spec.containers) {
        container.volumeMounts = [
          { name: 'azure-identity-token', mountPath: '/var/run/secrets/azure/tokens', readOnly: true },
        ];
        const file = container.env?.find(({ name }) => name === 'AZURE_FEDERATED_TOKEN_FILE');
        if (file) file.value = '/var/run/secrets/azure/tokens/azure-identity-token';
      }
    });
    expect(describeFaults(pod)).toEqual([]);
  });

  test('reports only the missing volume of a pod that was not mutated', () => {
    const plain = buildPod(({ spec }) => {
      spec.volumes = [{ name: 'data', emptyDir: {} }];
    });
    expect(describeFaults(plain)).toEqual(['volumes: missing, expected a projected service account token']);
    expect(findInjectedToken(plain)).toBeUndefined();
  });

  test('names the container whose variable is wrong', () => {
    const pod = buildPod(({ spec }) => {
      const variable = spec.containers[1]?.env?.find(({ name }) => name === 'AZURE_TENANT_ID');
      if (variable) variable.value = 'elsewhere';
    });
    expect(describeFaults(pod)).toEqual([
      'container "two": AZURE_TENANT_ID: expected "tenant", found "elsewhere"',
    ]);
  });

  test('ignores a container that an annotation excludes', () => {
    const pod = buildPod(({ metadata, spec }) => {
      metadata.annotations = { 'azure.workload.identity/skip-containers': 'sidecar; two' };
      const [, two] = spec.containers;
      if (two) {
        two.env = [];
        two.volumeMounts = [];
      }
    });
    expect(describeFaults(pod)).toEqual([]);
  });

  test.each<[string, Parameters<typeof buildPod>[0], string]>([
    [
      'a token for another audience',
      ({ spec }) => {
        for (const source of spec.volumes?.[0]?.projected?.sources ?? [])
          if (source.serviceAccountToken) source.serviceAccountToken.audience = 'api://Other';
      },
      'token audience: expected "api://AzureADTokenExchange", found "api://Other"',
    ],
    [
      'a missing mount',
      ({ spec }) => {
        const [one] = spec.containers;
        if (one) one.volumeMounts = [];
      },
      'container "one": mount: missing',
    ],
    [
      'a token file that the container sets',
      ({ spec }) => {
        const file = spec.containers[0]?.env?.find(({ name }) => name === 'AZURE_FEDERATED_TOKEN_FILE');
        if (file) file.value = '/var/run/secrets/azure/tokens/azure-identity-token';
      },
      'container "one": AZURE_FEDERATED_TOKEN_FILE: expected "/var/run/secrets/azure/wi/token/azure-identity-token", found',
    ],
  ])('reports %s', (_, change, fault) => {
    expect(describeFaults(buildPod(change))).toEqual([expect.stringContaining(fault)]);
  });
});
