import { text } from '../runtime/index.ts';

/** Inputs of every action that signs in to Azure: how the job itself signs in. */
export const azureInputs = {
  'azure-environment': text({
    description:
      'Azure cloud: `public`, `us-government`, `china`, or the path of a JSON file of endpoints, for example, the output of start-emulator.',
    default: 'public',
  }),
  'azure-client-id': text({
    description:
      'Client ID of the application that the job signs in as, with the OIDC token of GitHub. By default, the job uses a federated token file from the environment, otherwise the session of the az CLI.',
  }),
  'azure-tenant-id': text({
    description: 'Tenant ID that the job signs in to. Defaults to `AZURE_TENANT_ID`.',
  }),
  'azure-subscription-id': text({
    description: 'Subscription ID of the Azure resources. Defaults to `AZURE_SUBSCRIPTION_ID`.',
  }),
};

export interface AzureInputs {
  readonly azureEnvironment: string;
  readonly azureClientId?: string | undefined;
  readonly azureTenantId?: string | undefined;
  readonly azureSubscriptionId?: string | undefined;
}
