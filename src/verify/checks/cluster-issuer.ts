import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

/** The cluster names the published issuer as its own. */
export const clusterIssuer: Check = {
  id: 'cluster-issuer',
  title: "Cluster's issuer",
  reliesOn: [],
  lookedAt: ({ cluster }) =>
    `${cluster.config.getCurrentCluster()?.server ?? 'the cluster'}/.well-known/openid-configuration`,
  run: async ({ inputs, facts }) => {
    const issuer = (await facts.clusterIssuer()) ?? (await facts.token())?.issuer;
    if (issuer === undefined)
      return { skipped: 'this kubeconfig may not read the discovery document of the cluster' };
    if (issuer !== inputs.issuerUrl) {
      const isDefault = /^https:\/\/kubernetes\.default\.svc/.test(issuer);
      throw new CheckFailedError({
        code: isDefault ? 'cluster-issuer-default' : 'cluster-issuer-differs',
        cause: isDefault
          ? 'the cluster uses its default issuer: the flag service-account-issuer was not applied'
          : `the cluster issues tokens under another name: ${describeDifference(issuer, inputs.issuerUrl)}`,
        change: `Start the cluster with the issuer that was published:\n  with:\n    issuer-url: ${inputs.issuerUrl}`,
        comparison: [
          { label: 'issuer of the cluster', value: issuer },
          { label: 'issuer-url', value: inputs.issuerUrl },
        ],
      });
    }
    return { found: `issuer ${issuer}`, evidence: [['issuer', issuer]] };
  },
};
