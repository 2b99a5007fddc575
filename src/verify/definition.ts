import { azureInputs } from '../azure/definition.ts';
import { clusterInputs, parseServiceAccount } from '../kubernetes/index.ts';
import { choice, defineAction, duration, flag, input, lines, text } from '../runtime/index.ts';
import { type CheckId, checkIds } from './check-ids.ts';
import { parseChecks, parseIssuer, parseLabel, parsePattern, parseVault } from './inputs.ts';
import { probeImage, sampleImage } from './manifest/images.ts';

export const definition = defineAction({
  name: 'verify-pod',
  title: 'Verify that a pod gets an Entra token',
  description:
    'Checks every link from the key files to a pod that reads a Key Vault secret, and names the first broken one, its cause and what to change.',
  branding: { icon: 'check-circle', color: 'green' },
  inputs: {
    'service-account': input(
      { description: 'Service account of the workload, as `namespace/name`.', required: true },
      parseServiceAccount,
    ),
    'issuer-url': input(
      {
        description: 'Issuer as it was published, byte for byte: the output issuer-url of publish-issuer.',
        required: true,
      },
      parseIssuer,
    ),
    'client-id': text({
      description: 'Client id of the application or managed identity that the workload becomes.',
      required: true,
    }),
    'tenant-id': text({ description: 'Tenant of that identity.', required: true }),
    'key-vault-url': input(
      {
        description:
          'Key Vault that the workload reads, such as `https://name.vault.azure.net`. Without it the reads are skipped.',
      },
      parseVault,
    ),
    'secret-name': text({ description: 'Secret that the workload reads. Its value is never shown.' }),
    ...clusterInputs,
    'private-key-file': text({
      description: 'Private key of the cluster, to check that it is the one that the cluster signs with.',
    }),
    'public-key-file': text({
      description: 'Public key of the cluster, to check that it is the published one.',
    }),
    'pod-image': text({
      description: `Image of the pod that is made to prove the chain. Default: \`${sampleImage}\`, with pod-probe \`${probeImage}\`.`,
    }),
    'pod-command': lines({
      description: "Command of that pod, one argument a line. Default: the image's own.",
    }),
    'pod-probe': flag({
      description:
        'Runs a built-in script in place of the command, in any image with sh and curl: it exchanges the token and reads the secret, and prints claims and codes only.',
      default: 'false',
    }),
    'pod-success': choice({
      description:
        'What shows that the pod has done it: `exit-code` 0, being `ready`, a line of its `log`, or `auto`: exit code 0 or the line.',
      options: ['auto', 'exit-code', 'ready', 'log'],
      default: 'auto',
    }),
    'pod-log-pattern': input(
      {
        description: 'Regular expression of the log line that shows it.',
        default: 'successfully got secret',
      },
      parsePattern,
    ),
    'pod-labels': input(
      {
        description: 'Labels of that pod, one `key=value` a line. The webhook acts on the default one only.',
        default: 'azure.workload.identity/use=true',
      },
      (value) =>
        Object.fromEntries(
          value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
            .map(parseLabel),
        ) as Readonly<Record<string, string>>,
    ),
    checks: input(
      {
        description: `The checks to run, one a line or separated by commas, out of ${checkIds.join(', ')}.`,
        default: 'all',
      },
      (value): readonly CheckId[] => parseChecks(value),
    ),
    'continue-on-broken': flag({
      description:
        'Runs the checks after a broken link too, as far as they do not rely on it, so that one run shows all that is wrong.',
      default: 'false',
    }),
    timeout: duration({
      description:
        'How long answers that only mean "not yet" are waited for, and how long the pod may take, each.',
      default: '3m',
    }),
    ...azureInputs,
  },
  outputs: {
    result: { description: '`pass` or `fail`.' },
    'report-file': {
      description: 'JSON file with every check: what it looked at, what it found, seconds.',
    },
    'html-report-file': {
      description: 'The same as a page to look at, in one file that needs nothing else.',
    },
    'failed-check': { description: 'Id of the first broken link; empty where none is.' },
    diagnosis: { description: 'Cause and change of the first broken link; empty where none is.' },
  },
});
