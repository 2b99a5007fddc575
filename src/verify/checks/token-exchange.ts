import type { Check } from '../check.ts';
import { exchange } from '../workload/exchange.ts';

/** Entra ID takes the cluster's token for one of the workload's identity: the same request that the pod makes, made from here. */
export const tokenExchange: Check = {
  id: 'token-exchange',
  title: 'Token exchange from the runner',
  reliesOn: [
    'discovery-document',
    'published-jwks',
    'cluster-issuer',
    'cluster-key',
    'token',
    'federated-credential',
  ],
  lookedAt: ({ inputs, environment }) => `${environment.authority}/${inputs.tenantId} as ${inputs.clientId}`,
  run: async (context) => {
    if ((await context.facts.token()) === undefined)
      return { skipped: 'the service account does not exist, so it has no token' };
    const { claims, waitedSeconds } = await exchange(context);
    const waited = waitedSeconds < 1 ? '' : ` after ${Math.round(waitedSeconds)} s`;
    return {
      found: `an access token for ${claims.audience}${waited}`,
      evidence: [
        ['audience', claims.audience],
        ['application', claims.clientId],
        ['object id', claims.objectId],
        ['tenant', claims.tenantId],
      ],
    };
  },
};
