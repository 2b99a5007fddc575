import { defineAction, lines, text } from '../runtime/index.ts';

/** What start-emulator declares. */
export const definition = defineAction({
  name: 'start-emulator',
  title: 'Start an emulated Azure',
  description:
    'Stands in for Entra, Microsoft Graph, Resource Manager, Key Vault and Blob Storage on this runner, so that the chain runs without a tenant: in forks, tests and demos.',
  branding: { icon: 'cloud', color: 'gray-dark' },
  inputs: {
    'state-file': text({
      description:
        'JSON file of what the emulated Azure holds when it starts: applications, vaults, accounts, roles, delays and faults. See emulator/README.md. Default: a deployer, a vault with one secret and a free account name.',
    }),
    listen: text({
      description: 'Address to listen on. `0.0.0.0` lets the pods of a kind or minikube cluster reach it.',
      default: '127.0.0.1',
    }),
    hostnames: lines({
      description:
        'Names and addresses that its certificate is good for, one a line; the first one is the host in every URL. Default: the address that it listens on.',
    }),
  },
  outputs: {
    'azure-environment': {
      description: 'JSON file of its endpoints, for the input azure-environment of the other actions.',
    },
    'ca-file': { description: 'PEM certificate of the CA that signed its endpoints.' },
    'tenant-id': { description: 'The emulated tenant.' },
    'subscription-id': { description: 'The emulated subscription.' },
    'key-vault-url': { description: 'URL of the vault, for verify-pod.' },
    'storage-account': { description: 'Name for the storage account that publish-issuer makes.' },
    'resource-group': { description: 'The resource group that is there from the start.' },
    'azure-client-id': { description: 'Client id of the application that the job signs in as.' },
  },
});
