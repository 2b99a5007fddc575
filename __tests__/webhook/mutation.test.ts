import { describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { findInjectedToken, mutationFaults } from '../../src/webhook/mutation.ts';
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

/** A pod as version 1.6 leaves it; `change` spoils it. */
function pod(change: (pod: Required<Pick<V1Pod, 'metadata' | 'spec'>>) => void = () => undefined): V1Pod {
  const volume = 'azure-workload-identity-reserved-0123456789abcdef0123456789abcd';
  const made = {
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
  change(made as Required<Pick<V1Pod, 'metadata' | 'spec'>>);
  return made;
}

const faults = (given: V1Pod) => mutationFaults(given, expected).map(describeFault);

describe('a mutated pod', () => {
  test('as the webhook makes it has no fault', () => {
    expect(faults(pod())).toEqual([]);
  });

  test('of version 1.5, with its other volume and path, has none either', () => {
    const given = pod(({ spec }) => {
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
    expect(faults(given)).toEqual([]);
  });

  test('that was never mutated lacks the volume, and nothing else is named', () => {
    const plain = pod(({ spec }) => {
      spec.volumes = [{ name: 'data', emptyDir: {} }];
    });
    expect(faults(plain)).toEqual(['volumes is missing, should be a projected service account token']);
    expect(findInjectedToken(plain)).toBeUndefined();
  });

  test('with a variable that is wrong in one container of two names that container', () => {
    const given = pod(({ spec }) => {
      const variable = spec.containers[1]?.env?.find(({ name }) => name === 'AZURE_TENANT_ID');
      if (variable) variable.value = 'elsewhere';
    });
    expect(faults(given)).toEqual(['container "two": AZURE_TENANT_ID is "elsewhere" and should be "tenant"']);
  });

  test('whose annotation takes a container out is not expected to have it changed', () => {
    const given = pod(({ metadata, spec }) => {
      metadata.annotations = { 'azure.workload.identity/skip-containers': 'sidecar; two' };
      const [, two] = spec.containers;
      if (two) {
        two.env = [];
        two.volumeMounts = [];
      }
    });
    expect(faults(given)).toEqual([]);
  });

  test.each<[string, Parameters<typeof pod>[0], string]>([
    [
      'a token for another audience',
      ({ spec }) => {
        for (const source of spec.volumes?.[0]?.projected?.sources ?? [])
          if (source.serviceAccountToken) source.serviceAccountToken.audience = 'api://Other';
      },
      'token audience is "api://Other" and should be "api://AzureADTokenExchange"',
    ],
    [
      'a mount taken out',
      ({ spec }) => {
        const [one] = spec.containers;
        if (one) one.volumeMounts = [];
      },
      'container "one": mount is missing',
    ],
    [
      'a token file of its own',
      ({ spec }) => {
        const file = spec.containers[0]?.env?.find(({ name }) => name === 'AZURE_FEDERATED_TOKEN_FILE');
        if (file) file.value = '/var/run/secrets/azure/tokens/azure-identity-token';
      },
      'container "one": AZURE_FEDERATED_TOKEN_FILE is "/var/run/secrets/azure/tokens/azure-identity-token"',
    ],
  ])('with %s is found out', (_, change, fault) => {
    expect(faults(pod(change))).toEqual([expect.stringContaining(fault)]);
  });
});
