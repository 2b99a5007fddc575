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
import { type Change, differencesOf } from './plan.ts';

// Annotations of the webhook on a service account.
const annotationPrefix = 'azure.workload.identity/';

/** What the annotations are made of; undefined while the identity is still to be made. */
export interface AccountAnnotations {
  readonly clientId: string | undefined;
  readonly tenantId: string;
  /** Life of the projected tokens; undefined leaves it to the webhook. */
  readonly tokenExpirationSeconds: number | undefined;
}

/** One namespace or service account, and what has to happen to it. */
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
  /** Does one step by server-side apply: annotations, labels and pull secrets of others stay. */
  apply(step: AccountStep, values: AccountAnnotations & { readonly clientId: string }): Promise<void>;
}

/** Opens the kubeconfig; no request is made. */
export async function openAccounts(inputs: ClusterInputs, deps: Pick<Deps, 'env'>): Promise<AccountHost> {
  const cluster = await connectCluster(inputs, deps);
  return {
    plan: (accounts, values) => planAccounts(cluster, accounts, values),
    apply: (step, values) => applyAccount(cluster, step, values),
  };
}

// Reads every namespace and service account once.
async function planAccounts(
  cluster: Cluster,
  accounts: readonly ServiceAccountRef[],
  values: AccountAnnotations,
): Promise<readonly AccountStep[]> {
  const steps: AccountStep[] = [];
  for (const name of new Set(accounts.map(({ namespace }) => namespace))) {
    const found = await inCluster(`read the namespace "${name}"`, () =>
      read(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    );
    const action = found ? 'unchanged' : 'create';
    steps.push({ account: undefined, change: { kind: 'namespace', name, action } });
  }
  for (const account of accounts) {
    const name = `${account.namespace}/${account.name}`;
    const found: Annotated | undefined = await inCluster(`read the service account "${name}"`, () =>
      read(cluster, serviceAccount(account)),
    );
    const differences = differencesOf(annotationsOf(values), found?.metadata?.annotations ?? {});
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
    await inCluster(`create the namespace "${change.name}"`, () => ensureNamespace(cluster, change.name));
  else
    await inCluster(`annotate the service account "${change.name}"`, () =>
      ensureServiceAccount(cluster, account, annotationsOf(values)),
    );
}

function serviceAccount({ namespace, name }: ServiceAccountRef) {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } };
}

// What is not known before the identity is made shows as such in a plan; it is never applied.
function annotationsOf(values: AccountAnnotations): Record<string, string> {
  const { clientId = '(known once the identity is made)', tenantId, tokenExpirationSeconds } = values;
  return {
    [`${annotationPrefix}client-id`]: clientId,
    [`${annotationPrefix}tenant-id`]: tenantId,
    ...(tokenExpirationSeconds !== undefined && {
      [`${annotationPrefix}service-account-token-expiration`]: String(tokenExpirationSeconds),
    }),
  };
}

async function inCluster<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof FederationError) throw error;
    throw new FederationError(`failed to ${doing}: ${clusterErrorMessage(error)}`, {
      code: 'cluster-refused',
      hint: 'Check kubeconfig and context. With annotate: false this action needs no cluster.',
      cause: error,
    });
  }
}
