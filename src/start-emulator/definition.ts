import { defineAction, lines, text } from '../runtime/index.ts';

export const definition = defineAction({
  name: 'start-emulator',
  title: 'Start an Azure emulator',
  description:
    'Starts an emulator of Entra ID, Microsoft Graph, Resource Manager, Key Vault and Blob Storage on the runner. Forks, tests and demos need no tenant with it.',
  branding: { icon: 'cloud', color: 'gray-dark' },
  inputs: {
    'state-file': text({
      description:
        'JSON file with the initial state of the emulator: applications, vaults, storage accounts, roles, delays and faults. See emulator/README.md. By default, there is a deployer application, a vault with one secret, and an unused storage account name.',
    }),
    listen: text({
      description:
        'Address to listen on. Use `0.0.0.0` to make the emulator reachable from pods of a kind or minikube cluster.',
      default: '127.0.0.1',
    }),
    hostnames: lines({
      description:
        "Hostnames and IP addresses in the emulator's certificate, one per line. The first one is the host in every URL. Defaults to the address that it listens on.",
    }),
  },
  outputs: {
    'azure-environment': {
      description:
        'JSON file with the endpoints of the emulator, for the input `azure-environment` of the other actions.',
    },
    'ca-file': { description: "PEM file of the CA that issued the emulator's certificate." },
    'tenant-id': { description: 'Tenant ID of the emulator.' },
    'subscription-id': { description: 'Subscription ID of the emulator.' },
    'key-vault-url': { description: 'URL of the key vault in the emulator.' },
    'storage-account': { description: 'Storage account name for publish-issuer.' },
    'resource-group': { description: 'Name of the existing resource group.' },
    'azure-client-id': { description: 'Client ID of the application that the job signs in as.' },
  },
});
