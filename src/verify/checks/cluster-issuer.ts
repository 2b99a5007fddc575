import { judgeClusterIssuer } from '../../cluster/index.ts';
import { documentPaths } from '../../issuer/index.ts';
import type { Check } from '../check.ts';
import { findFailure } from '../refusals/documents.ts';

/** Checks that the cluster has the published issuer. */
export const clusterIssuer: Check = {
  id: 'cluster-issuer',
  title: "Cluster's issuer",
  reliesOn: [],
  lookedAt: ({ cluster }) =>
    `${cluster.config.getCurrentCluster()?.server ?? 'the cluster'}/${documentPaths.discovery}`,
  run: async ({ inputs, facts }) => {
    const issuer = (await facts.clusterIssuer()) ?? (await facts.token())?.issuer;
    if (issuer === undefined)
      return { skipped: 'this kubeconfig may not read the discovery document of the cluster' };
    const finding = judgeClusterIssuer(issuer, inputs.issuerUrl);
    const failure = finding && findFailure([finding]);
    if (failure) throw failure;
    return { found: `issuer ${issuer}`, evidence: [['issuer', issuer]] };
  },
};
