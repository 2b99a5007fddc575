import { FederationError } from '../errors/index.ts';
import {
  type Cluster,
  type ClusterInputs,
  clusterErrorMessage,
  connectCluster,
  ensureNamespace,
  ensureServiceAccount,
  read,
  type ServiceAccountRef,
} from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { type Change, findDifferences } from './plan.ts';

// Annotations on a service account, for the webhook.
const annotationPrefix = 'azure.workload.identity/';

/** Values of the annotations. */
export interface AccountAnnotations {
  /** Undefined if the identity does not exist yet. */
  readonly clientId: string | undefined;
  readonly tenantId: string;
  /** Lifetime of the projected tokens. Defaults to that of the webhook. */
  readonly tokenExpirationSeconds: number | undefined;
}

/** One namespace or service account, and the change that it needs. */
export interface AccountStep {
  readonly change: Change;
  readonly account: ServiceAccountRef | undefined;
}

interface Annotated {
  readonly metadata?: { readonly annotations?: Record<string, string> };
}

/** The service accounts of one cluster. */
export interface AccountHost {
  plan(accounts: readonly ServiceAccountRef[], values: AccountAnnotations): Promise<readonly AccountStep[]>;
  /** Applies one step with server-side apply: annotations, labels and pull secrets of others are kept. */
  apply(step: AccountStep, values: AccountAnnotations & { readonly clientId: string }): Promise<void>;
}

/** Opens the kubeconfig; no request is sent. */
export async function openAccounts(inputs: ClusterInputs, deps: Pick<Deps, 'env'>): Promise<AccountHost> {
  const cluster = await connectCluster(inputs, deps);
  return {
    plan: (accounts, values) => planAccounts(cluster, accounts, values),
    apply: (step, values) => applyAccount(cluster, step, values),
  };
}

// Reads each namespace and service account once.
async function planAccounts(
  cluster: Cluster,
  accounts: readonly ServiceAccountRef[],
  values: AccountAnnotations,
): Promise<readonly AccountStep[]> {
  const steps: AccountStep[] = [];
  for (const name of new Set(accounts.map(({ namespace }) => namespace))) {
    const found = await callCluster(`read the namespace "${name}"`, () =>
      read(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    );
    const action = found ? 'unchanged' : 'create';
    steps.push({ account: undefined, change: { kind: 'namespace', name, action } });
  }
  for (const account of accounts) {
    const name = `${account.namespace}/${account.name}`;
    const found: Annotated | undefined = await callCluster(`read the service account "${name}"`, () =>
      read(cluster, serviceAccount(account)),
    );
    const differences = findDifferences(createAnnotations(values), found?.metadata?.annotations ?? {});
    const action = found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged';
    steps.push({
      account,
      change: {
        kind: 'service-account',
        name,
        action,
        ...(action === 'update' && { differences }),
      },
    });
  }
  return steps;
}

async function applyAccount(
  cluster: Cluster,
  step: AccountStep,
  values: AccountAnnotations & { readonly clientId: string },
): Promise<void> {
  const { account, change } = step;
  if (account === undefined)
    await callCluster(`create the namespace "${change.name}"`, () => ensureNamespace(cluster, change.name));
  else
    await callCluster(`annotate the service account "${change.name}"`, () =>
      ensureServiceAccount(cluster, account, createAnnotations(values)),
    );
}

function serviceAccount({ namespace, name }: ServiceAccountRef) {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } };
}

// A plan shows what is not known before the identity exists; it is never applied.
function createAnnotations(values: AccountAnnotations): Record<string, string> {
  const { clientId = '(known after creation)', tenantId, tokenExpirationSeconds } = values;
  return {
    [`${annotationPrefix}client-id`]: clientId,
    [`${annotationPrefix}tenant-id`]: tenantId,
    ...(tokenExpirationSeconds !== undefined && {
      [`${annotationPrefix}service-account-token-expiration`]: String(tokenExpirationSeconds),
    }),
  };
}

async function callCluster<T>(action: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof FederationError) throw error;
    const values = { action, answer: clusterErrorMessage(error) };
    throw new FederationError('cluster-refused', values, { cause: error });
  }
}
