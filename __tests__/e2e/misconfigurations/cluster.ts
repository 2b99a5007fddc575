import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { computeKeyId } from '../../../src/keys/index.ts';
import { systemClock } from '../../../src/runtime/index.ts';
import type { Jwk, Misconfiguration, World } from './world.ts';

/** Misconfigurations of the cluster: a different issuer, key, time or kubeconfig. */
export const clusterRows: readonly Misconfiguration[] = [
  {
    what: 'the cluster was started with the issuer of another storage account',
    how: async (world) => {
      const issuer = issuerOf(world).replace('/oidc/', '/second/');
      await world.document((fields) => ({ ...fields, issuer }));
      return { 'issuer-url': issuer };
    },
    at: 'cluster-issuer',
    code: 'cluster-issuer-differs',
    advice: /issuer-url: https:\S+\/second\//,
  },
  {
    what: 'the cluster was started with an issuer in different case',
    how: async (world) => {
      const issuer = issuerOf(world).replace('/oidc/', '/OIDC/');
      await world.document((fields) => ({ ...fields, issuer }));
      return { 'issuer-url': issuer };
    },
    at: 'cluster-issuer',
    code: 'cluster-issuer-differs',
    advice: /issuer-url: https:\S+\/OIDC\//,
  },
  {
    what: 'only the cluster has the slash at the end of the issuer',
    how: async (world) => {
      const issuer = issuerOf(world).replace(/\/$/, '');
      await world.document((fields) => ({ ...fields, issuer }));
      return { 'issuer-url': issuer };
    },
    at: 'cluster-issuer',
    code: 'cluster-issuer-differs',
    advice: /Start the cluster with the issuer that is published/,
  },
  {
    what: 'the cluster signs with a different key than public-key-file, which is published',
    how: async (world) => {
      const { privateKeyFile, publicKeyFile } = world.chain.shop.keyPair('second');
      await world.keys((keys) => [...keys, publishedForm(publicKeyFile)]);
      return { 'private-key-file': privateKeyFile, 'public-key-file': publicKeyFile };
    },
    at: 'cluster-key',
    code: 'signing-key-mismatch',
    advice: /private-key-file/,
  },
  {
    what: 'the cluster signs with a key that is not published, and the job has no key files',
    how: async (world) => {
      await world.keys(() => [publishedForm(world.chain.shop.keyPair('third').publicKeyFile)]);
      return { 'private-key-file': '', 'public-key-file': '' };
    },
    at: 'cluster-key',
    code: 'key-not-published',
    advice: /AADSTS7000272/,
  },
  {
    what: 'the clock of the cluster is two hours slow',
    how: (world) => world.replaceDeps({ clock: { ...systemClock, now: () => systemClock.now() + 2 * 3600 } }),
    at: 'token',
    code: 'token-time-invalid',
    advice: /clock of the cluster/,
  },
  {
    what: 'the service account does not exist',
    how: () => ({ 'service-account': 'phcloudbrew/missing' }),
    at: 'service-account',
    code: 'service-account-missing',
    advice: /service-accounts/,
  },
  {
    what: 'the namespace of the service account does not exist',
    how: () => ({ 'service-account': 'nowhere/phcloudbrewapp' }),
    at: 'service-account',
    code: 'service-account-missing',
    advice: /service-account/,
  },
  {
    what: 'the cluster rejects the token of the kubeconfig',
    how: ({ chain: { inputs, shop } }) => {
      const known = readFileSync(inputs.kubeconfig ?? '', 'utf8');
      return { kubeconfig: shop.file('unknown-token', known.replace(/token: .+/, 'token: unknown'), 0o600) };
    },
    at: 'cluster-issuer',
    code: 'service-account-token-refused',
    advice: /serviceaccounts\/token/,
  },
];

function issuerOf({ chain }: World): string {
  return chain.inputs['issuer-url'] ?? '';
}

function publishedForm(publicKeyFile: string): Jwk {
  const key = createPublicKey(readFileSync(publicKeyFile));
  return { ...key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: computeKeyId(key) };
}
