import { ClientAssertionCredential, type TokenCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import type { AzureEnvironment } from '../../azure/index.ts';
import { createCredentialOptions } from '../../azure/sign-in/index.ts';
import { retry } from '../../runtime/index.ts';
import { diagnoseExchange, type ExchangeContext, mayExchangeSettle } from '../diagnosis/exchange.ts';

/** What an access token says about itself, without the token. */
export interface AccessClaims {
  readonly audience: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** Returns the options of @azure/identity for a cloud, with waiting left to `retry`, which logs it. */
export function getIdentityOptions(environment: AzureEnvironment) {
  return { ...createCredentialOptions(environment), retryOptions: { maxRetries: 1 } };
}

/**
 * Creates the workload's identity on this machine: the library that workloads use exchanges the cluster's
 * token.
 */
export function createWorkloadCredential({
  deps,
  environment,
  facts,
  inputs,
}: ExchangeContext): TokenCredential {
  const assertion = async () => {
    const first = await facts.token();
    const isFresh = first !== undefined && first.expires - deps.clock.now() > 60;
    return (isFresh ? first : await facts.freshToken())?.raw ?? '';
  };
  return new ClientAssertionCredential(
    inputs.tenantId,
    inputs.clientId,
    assertion,
    getIdentityOptions(environment),
  );
}

/**
 * Exchanges the cluster's token, and waits while the refusal may only mean "not yet". Throws
 * CheckFailedError.
 */
export async function exchange(
  context: ExchangeContext,
): Promise<{ readonly claims: AccessClaims; readonly waitedSeconds: number }> {
  const { environment, inputs, deps } = context;
  const resource =
    inputs.keyVaultUrl === undefined ? environment.resourceManagerAudience : environment.vaultAudience;
  const started = deps.clock.now();
  let waitedSeconds = 0;
  const policy = {
    what: 'Entra ID to accept the token',
    budgetSeconds: inputs.timeout,
    isTransient: (error: unknown) => mayExchangeSettle(context, error),
  };
  try {
    const { token } = await retry(policy, deps, async () => {
      waitedSeconds = Math.round(deps.clock.now() - started);
      // A new credential for each attempt, because one that was refused may have cached that.
      const answer = await createWorkloadCredential(context).getToken(`${resource}/.default`);
      if (answer === null) throw new Error('Entra ID issued no token');
      return answer;
    });
    deps.log.mask(token);
    return { claims: readClaims(token), waitedSeconds };
  } catch (error) {
    throw await diagnoseExchange(context, error);
  }
}

function readClaims(token: string): AccessClaims {
  const claims = decodeJwt(token);
  const text = (...names: readonly string[]) => {
    const found = names.map((name) => claims[name]).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found : '';
  };
  return {
    audience: [claims.aud ?? ''].flat().join(' '),
    // v1 tokens call it appid, v2 tokens azp.
    clientId: text('appid', 'azp'),
    objectId: text('oid'),
    tenantId: text('tid'),
  };
}
