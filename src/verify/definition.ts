import { azureInputs } from '../azure/inputs.ts';
import { clusterInputs, parseServiceAccount } from '../kubernetes/index.ts';
import { defineAction, duration, input, lines, text } from '../runtime/index.ts';
import { type CheckId, checkIds } from './check.ts';
import { parseChecks, parseIssuer, parseLabel, parseVault } from './inputs.ts';

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
      description: 'Image of the pod that is made to prove the chain.',
      default: 'ghcr.io/azure/azure-workload-identity/msal-go:latest',
    }),
    'pod-command': lines({
      description: "Command of that pod, one argument a line. Default: the image's own.",
    }),
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
    'failed-check': { description: 'Id of the first broken link; empty where none is.' },
    diagnosis: { description: 'Cause and change of the first broken link; empty where none is.' },
  },
});
