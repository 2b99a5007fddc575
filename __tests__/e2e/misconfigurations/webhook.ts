import { readFileSync } from 'node:fs';
import { webhookPort } from '../../../src/webhook/index.ts';
import { tenantRow } from './service-account.ts';
import type { Misconfiguration } from './world.ts';

const reinstall = /install-webhook/;

/** Misconfigurations of the webhook and the pod: not installed, unreachable, untrusted, skipped. */
export const webhookRows: readonly Misconfiguration[] = [
  {
    what: 'the webhook was never installed',
    how: (world) => world.webhook(undefined),
    at: 'webhook-ready',
    code: 'webhook-not-installed',
    advice: reinstall,
  },
  {
    what: 'the webhook configuration trusts a different CA',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        clientConfig: {
          ...webhook.clientConfig,
          caBundle: readFileSync(world.chain.emulator.caFile).toString('base64'),
        },
      })),
    at: 'webhook-ready',
    code: 'webhook-certificate-untrusted',
    advice: reinstall,
  },
  {
    what: 'nothing listens at the address in the webhook configuration',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        clientConfig: { ...webhook.clientConfig, url: 'https://127.0.0.1:9/mutate-v1-pod' },
      })),
    at: 'webhook-ready',
    code: 'webhook-unreachable',
    advice: reinstall,
  },
  {
    what: 'the webhook configuration has the wrong path',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        clientConfig: { ...webhook.clientConfig, url: `https://127.0.0.1:${webhookPort}/mutate` },
      })),
    at: 'webhook-ready',
    code: 'webhook-path-wrong',
    advice: reinstall,
  },
  {
    what: 'nothing listens, and failurePolicy is Ignore',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        failurePolicy: 'Ignore',
        clientConfig: { ...webhook.clientConfig, url: 'https://127.0.0.1:9/mutate-v1-pod' },
      })),
    at: 'webhook-ready',
    code: 'webhook-failure-ignored',
    advice: /failurePolicy/,
  },
  {
    what: 'the Service in the webhook configuration does not exist',
    how: (world) =>
      world.webhook(({ clientConfig, ...webhook }) => ({
        ...webhook,
        clientConfig: {
          ...(clientConfig.caBundle !== undefined && { caBundle: clientConfig.caBundle }),
          service: { namespace: 'azure-workload-identity-system', name: 'gone', path: '/mutate-v1-pod' },
        },
      })),
    at: 'webhook-ready',
    code: 'webhook-service-missing',
    advice: reinstall,
  },
  {
    what: 'the webhook configuration selects the label of an old version',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        objectSelector: { matchLabels: { 'azure.workload.identity/inject': 'true' } },
      })),
    at: 'webhook-ready',
    code: 'webhook-passed-over',
    advice: /objectSelector/,
  },
  {
    what: 'the webhook configuration excludes the namespace',
    how: (world) =>
      world.webhook((webhook) => ({
        ...webhook,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } },
      })),
    at: 'webhook-ready',
    code: 'webhook-passed-over',
    advice: /namespaceSelector/,
  },
  {
    what: 'the namespace enforces the restricted standard',
    how: (world) => world.labelNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' }),
    at: 'webhook-ready',
    code: 'pod-security-violated',
    advice: /baseline|pod-probe/,
  },
  {
    what: 'the pod has no label',
    how: () => ({ 'pod-labels': 'app=reader' }),
    at: 'pod-mutated',
    code: 'pod-label-missing',
    advice: /azure.workload.identity\/use: "true"/,
  },
  {
    what: 'the label says "True"',
    how: () => ({ 'pod-labels': 'azure.workload.identity/use=True' }),
    at: 'pod-mutated',
    code: 'pod-label-differs',
    advice: /"true", in quotation marks/,
  },
  {
    what: 'the pod has the annotation as a label',
    how: () => ({ 'pod-labels': 'azure.workload.identity/client-id=true' }),
    at: 'pod-mutated',
    code: 'pod-label-missing',
    advice: /On the service account, the label has no effect/,
  },
  tenantRow,
  {
    what: 'the webhook was installed for another cloud',
    how: ({ chain: { emulator, shop } }) => ({
      checks: 'pod-mutated',
      'azure-environment': shop.file(
        'other-cloud.json',
        JSON.stringify({ ...emulator.environment, authority: 'https://login.other.example' }),
      ),
    }),
    at: 'pod-mutated',
    code: 'webhook-authority-differs',
    advice: /azure-environment/,
  },
  {
    what: 'the webhook was installed for a cloud with a different audience',
    how: ({ chain: { emulator, shop } }) => ({
      checks: 'pod-mutated',
      'azure-environment': shop.file(
        'other-audience.json',
        JSON.stringify({ ...emulator.environment, tokenExchangeAudience: 'api://AzureADTokenExchangeChina' }),
      ),
    }),
    at: 'pod-mutated',
    code: 'webhook-audience-differs',
    advice: /azure-environment/,
  },
];
