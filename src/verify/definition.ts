import { azureInputs } from '../azure/index.ts';
import { parseIssuerUrl } from '../issuer/definition.ts';
import { clusterInputs, parseServiceAccount } from '../kubernetes/index.ts';
import { choice, defineAction, duration, flag, input, lines, text } from '../runtime/index.ts';
import { checkIds } from './check-ids.ts';
import { parseChecks, parseLabels, parsePattern, parseVault } from './inputs.ts';
import { probeImage, sampleImage } from './manifest/images.ts';

export const definition = defineAction({
  name: 'verify-pod',
  title: 'Verify that a pod gets an Entra token',
  description:
    'Checks every link between the signing key and a pod that reads a Key Vault secret. Reports the first broken link, its cause and what to change.',
  branding: { icon: 'check-circle', color: 'green' },
  inputs: {
    'service-account': input(
      { description: 'Service account of the workload, as `namespace/name`.', required: true },
      parseServiceAccount,
    ),
    'issuer-url': input(
      {
        description: 'Issuer URL, exactly as published: the output `issuer-url` of publish-issuer.',
        required: true,
      },
      parseIssuerUrl,
    ),
    'client-id': text({
      description: 'Client ID of the application or managed identity that the workload signs in as.',
      required: true,
    }),
    'tenant-id': text({ description: 'Tenant ID of that identity.', required: true }),
    'key-vault-url': input(
      {
        description:
          'URL of the Key Vault that the workload reads, for example, `https://name.vault.azure.net`. If not set, no secret is read.',
      },
      parseVault,
    ),
    'secret-name': text({
      description: 'Name of the secret that the workload reads. Its value is never shown.',
    }),
    ...clusterInputs,
    'private-key-file': text({
      description: "PEM file of the cluster's private key. If set, the key files are checked as well.",
    }),
    'public-key-file': text({
      description:
        "PEM file of the cluster's public key. If set, it is compared with the published keys and the key that signs.",
    }),
    'pod-image': text({
      description: `Image of the test pod. Defaults to \`${sampleImage}\`, or to \`${probeImage}\` with \`pod-probe\`.`,
    }),
    'pod-command': lines({
      description: 'Command of the test pod, one argument per line. Defaults to the command of the image.',
    }),
    'pod-probe': flag({
      description:
        'Whether to run a built-in script instead of the command of the image. It exchanges the token, reads the secret, and prints claims and status codes only. The image must contain sh and curl.',
      default: 'false',
    }),
    'pod-success': choice({
      description:
        'When the test pod counts as successful: `exit-code` (exits with code 0), `ready` (becomes ready), `log` (logs a line that matches `pod-log-pattern`), or `auto` (`exit-code` or `log`).',
      options: ['auto', 'exit-code', 'ready', 'log'],
      default: 'auto',
    }),
    'pod-log-pattern': input(
      {
        description: 'Regular expression for the log line that shows success.',
        default: 'successfully got secret',
      },
      parsePattern,
    ),
    'pod-labels': input(
      {
        description:
          'Labels of the test pod, one `key=value` per line. The webhook only acts on pods with the default label.',
        type: 'list',
        default: 'azure.workload.identity/use=true',
      },
      parseLabels,
    ),
    checks: input(
      {
        description: `Checks to run, one per line or separated by commas: ${checkIds.map((id) => `\`${id}\``).join(', ')}. Defaults to \`all\`.`,
        type: 'list',
        default: 'all',
      },
      parseChecks,
    ),
    'continue-on-broken': flag({
      description:
        'Whether to run the remaining checks after a broken link, except those that rely on it. If `false`, they are skipped.',
      default: 'false',
    }),
    timeout: duration({
      description:
        'Maximum time to wait for each of these: Azure changes to propagate, and the pod to finish.',
      default: '3m',
    }),
    ...azureInputs,
  },
  outputs: {
    result: { description: '`pass` or `fail`.' },
    'report-file': {
      description: 'JSON report with the result, the findings and the duration of every check.',
    },
    'html-report-file': { description: 'The same report as a self-contained HTML page.' },
    'failed-check': { description: 'ID of the first check that failed. Empty if all checks passed.' },
    diagnosis: {
      description: 'Cause of the first broken link, and what to change. Empty if all checks passed.',
    },
  },
});
