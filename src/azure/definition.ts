import { text } from '../runtime/index.ts';

/** The inputs of every action that calls Azure: who the job itself is. */
export const azureInputs = {
  'azure-environment': text({
    description:
      'The cloud: `public`, `us-government`, `china`, or a JSON file of endpoints such as start-emulator writes.',
    default: 'public',
  }),
  'azure-client-id': text({
    description:
      "Client id that the job itself signs in with, by GitHub's OIDC token. Without it: a federated token file in the environment, else the az CLI's session.",
  }),
  'azure-tenant-id': text({ description: 'Tenant that the job signs in to. Default: AZURE_TENANT_ID.' }),
  'azure-subscription-id': text({
    description: 'Subscription that resources are looked for and made in. Default: AZURE_SUBSCRIPTION_ID.',
  }),
};

export interface AzureInputs {
  readonly azureEnvironment: string;
  readonly azureClientId?: string | undefined;
  readonly azureTenantId?: string | undefined;
  readonly azureSubscriptionId?: string | undefined;
}
