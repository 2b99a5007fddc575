import type { AzureEnvironment } from '../azure/index.ts';

/** What the webhook must know of the cloud, and what it must then inject. */
export interface WebhookAuthority {
  /** Its variables, beside the tenant. */
  readonly variables: Readonly<Record<string, string>>;
  /** Its endpoints file, where the cloud is none that it knows by name; `AZURE_ENVIRONMENT_FILEPATH` points at it. */
  readonly file: string | undefined;
  /** Value of AZURE_AUTHORITY_HOST in mutated pods. */
  readonly authorityHost: string;
  /** Audience of the projected token. */
  readonly audience: string;
}

// The only cloud name under which the webhook's library reads endpoints from a file.
const cloudFromFile = 'AzureStackCloud';

/** Translates an Azure environment into the webhook's own configuration. */
export function authorityFor(environment: AzureEnvironment): WebhookAuthority {
  const authorityHost = `${environment.authority}/`;
  const known = environment.webhookEnvironment;
  return {
    variables: { AZURE_ENVIRONMENT: known },
    file:
      known.toLowerCase() === cloudFromFile.toLowerCase()
        ? `${JSON.stringify({ name: cloudFromFile, activeDirectoryEndpoint: authorityHost }, null, 2)}\n`
        : undefined,
    authorityHost,
    audience: environment.tokenExchangeAudience,
  };
}
