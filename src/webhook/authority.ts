import type { AzureEnvironment } from '../azure/index.ts';

/** How the webhook is configured for a cloud, and what it then injects. */
export interface WebhookAuthority {
  /** Environment variables of the webhook, except the tenant. */
  readonly variables: Readonly<Record<string, string>>;
  /** Content of the endpoints file that `AZURE_ENVIRONMENT_FILEPATH` points to. Set if the webhook does not know the cloud by name. */
  readonly file: string | undefined;
  /** Value of AZURE_AUTHORITY_HOST in mutated pods. */
  readonly authorityHost: string;
  /** Audience of the projected token. */
  readonly audience: string;
}

// The only cloud name for which the webhook's library reads the endpoints from a file.
const cloudFromFile = 'AzureStackCloud';

/** Returns the configuration of the webhook for an Azure environment. */
export function toWebhookAuthority(environment: AzureEnvironment): WebhookAuthority {
  const authorityHost = `${environment.authority}/`;
  const name = environment.webhookEnvironment;
  return {
    variables: { AZURE_ENVIRONMENT: name },
    file:
      name.toLowerCase() === cloudFromFile.toLowerCase()
        ? `${JSON.stringify({ name: cloudFromFile, activeDirectoryEndpoint: authorityHost }, null, 2)}\n`
        : undefined,
    authorityHost,
    audience: environment.tokenExchangeAudience,
  };
}
