import { ClientAssertionCredential, type TokenCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { type AzureEnvironment, readAadstsNumbers } from '../../azure/index.ts';
import { createCredentialOptions } from '../../azure/sign-in/index.ts';
import { errorMessage } from '../../errors/index.ts';
import { diagnoseExchange, type ExchangeContext, maySettle } from '../diagnosis/exchange.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { waitOut } from '../waiting.ts';

/** What an access token says of itself. The token is nowhere in it. */
export interface AccessClaims {
  readonly audience: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** Options of @azure/identity for the workload. What may pass is waited for here, with progress lines. */
export function createWorkloadOptions(environment: AzureEnvironment) {
  return { ...createCredentialOptions(environment), retryOptions: { maxRetries: 1 } };
}

/** The workload's identity on this machine: the cluster's token is exchanged by the same library that workloads use. */
export function workloadCredential({ deps, environment, facts, inputs }: ExchangeContext): TokenCredential {
  const now = () => deps.clock.now();
  const assertion = async () => {
    const first = await facts.token();
    const current = first !== undefined && first.expires - now() > 60 ? first : await facts.freshToken();
    return current?.raw ?? '';
  };
  return new ClientAssertionCredential(
    inputs.tenantId,
    inputs.clientId,
    assertion,
    createWorkloadOptions(environment),
  );
}

/** Exchanges the cluster's token, waiting while the refusal only means "not yet". Throws CheckFailedError. */
export async function exchange(
  context: ExchangeContext,
): Promise<{ readonly claims: AccessClaims; readonly waitedSeconds: number }> {
  const { environment, inputs, deps } = context;
  const resource =
    inputs.keyVaultUrl === undefined ? environment.resourceManagerAudience : environment.vaultAudience;
  const { value, waitedSeconds } = await waitOut(
    {
      what: 'Entra ID to accept the token',
      budgetSeconds: inputs.timeout,
      maySettle: (error) => maySettle(context, readAadstsNumbers(errorMessage(error))),
    },
    deps,
    // A credential that was refused remembers nothing worth keeping, so each attempt has its own.
    () => workloadCredential(context).getToken(`${resource}/.default`),
  ).catch(async (error: unknown) => {
    throw error instanceof CheckFailedError ? error : await diagnoseExchange(context, error);
  });
  if (value === null) throw await diagnoseExchange(context, new Error('Entra ID gave no token'));
  deps.log.mask(value.token);
  return { claims: readClaims(value.token), waitedSeconds };
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
