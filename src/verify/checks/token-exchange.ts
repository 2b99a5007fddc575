import type { Check } from '../check.ts';
import { exchange } from '../workload/exchange.ts';

/** Entra ID accepts the cluster's token: the request that the pod makes, made from here. */
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
    const waited = waitedSeconds < 1 ? '' : ` after ${waitedSeconds} s`;
    return {
      found: `an access token for ${claims.audience}${waited}`,
      evidence: [
        ['audience', claims.audience],
        ['application', claims.clientId],
        ['object ID', claims.objectId],
        ['tenant', claims.tenantId],
      ],
    };
  },
};
