import * as v from 'valibot';
import { connectAzure } from '../src/azure/sign-in/index.ts';
import { connectCluster, type ServiceAccountRef } from '../src/kubernetes/index.ts';
import { createCommands, type Deps, systemClock } from '../src/runtime/index.ts';

const credentialsSchema = v.object({ value: v.array(v.object({ id: v.string(), subject: v.string() })) });

/**
 * Removes the client-id annotation of a service account, as `kubectl replace` with an older manifest does.
 */
export async function removeClientIdAnnotation(
  kubeconfig: string,
  account: ServiceAccountRef,
): Promise<void> {
  const { core } = await connectCluster({ kubeconfig }, { env: {} });
  const current = await core.readNamespacedServiceAccount({ ...account });
  const { 'azure.workload.identity/client-id': _, ...annotations } = current.metadata?.annotations ?? {};
  await core.replaceNamespacedServiceAccount({
    ...account,
    body: { ...current, metadata: { ...current.metadata, annotations } },
  });
}

/** Edits the federated credentials of an application so that they trust another service account. */
export async function renameSubject(options: {
  readonly azureEnvironment: string;
  readonly clientId: string;
  /** Name of the other service account. */
  readonly name: string;
  /** Environment of the job, which has its Azure sign-in. */
  readonly env: Deps['env'];
}): Promise<void> {
  const { environment, credential } = await connectAzure(options, {
    env: options.env,
    fetch,
    ...createCommands(process.env),
    clock: systemClock,
    log: { debug: () => undefined, info: () => undefined, mask: () => undefined },
  });
  const token = await credential.getToken(`${environment.graphAudience}/.default`);
  const credentials = `${environment.graph}/v1.0/applications(appId='${options.clientId}')/federatedIdentityCredentials`;
  const headers = { authorization: `Bearer ${token?.token}`, 'content-type': 'application/json' };
  const response = await fetch(credentials, { headers });
  const { value } = v.parse(credentialsSchema, await response.json());
  for (const { id, subject } of value) {
    const body = JSON.stringify({ subject: subject.replace(/[^:]+$/, options.name) });
    const { ok, status } = await fetch(`${credentials}/${id}`, { method: 'PATCH', headers, body });
    if (!ok) throw new Error(`failed to edit the federated credential ${id}: HTTP ${status}`);
  }
}
