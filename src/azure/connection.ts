import type { TokenCredential } from '@azure/identity';
import { FederationError } from '../errors/index.ts';
import type { AzureEnvironment } from './environment.ts';

/** A signed-in connection to one cloud. */
export interface Azure {
  readonly environment: AzureEnvironment;
  readonly credential: TokenCredential;
  /** GUID or domain. Undefined if only a token tells, see `resolveTenantId`. */
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
}

/** Returns the subscription. Throws FederationError `subscription-missing`; `action` reads as in `create the storage account "x"`. */
export function requireSubscription(
  { subscriptionId }: Pick<Azure, 'subscriptionId'>,
  action: string,
): string {
  if (subscriptionId !== undefined) return subscriptionId;
  throw new FederationError('subscription-missing', { action, answer: 'the subscription is unknown' });
}
