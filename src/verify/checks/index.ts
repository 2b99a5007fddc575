import type { Check } from '../check.ts';
import { clusterIssuer } from './cluster-issuer.ts';
import { clusterKey } from './cluster-key.ts';
import { discoveryDocument } from './discovery-document.ts';
import { federatedCredential } from './federated-credential.ts';
import { keyFiles } from './key-files.ts';
import { keyVaultRead } from './key-vault-read.ts';
import { pod } from './pod.ts';
import { podMutated } from './pod-mutated.ts';
import { publishedJwks } from './published-jwks.ts';
import { serviceAccount } from './service-account.ts';
import { token } from './token.ts';
import { tokenExchange } from './token-exchange.ts';
import { webhookReady } from './webhook-ready.ts';

/** All checks, in the order of the chain. */
export const allChecks: readonly Check[] = [
  keyFiles,
  discoveryDocument,
  publishedJwks,
  clusterIssuer,
  clusterKey,
  token,
  serviceAccount,
  federatedCredential,
  webhookReady,
  podMutated,
  tokenExchange,
  keyVaultRead,
  pod,
];
