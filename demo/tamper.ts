import { connectAzure } from '../src/azure/sign-in/index.ts';
import { connectCluster, type ServiceAccountRef } from '../src/kubernetes/index.ts';
import { createCommands, type Deps, systemClock } from '../src/runtime/index.ts';

/** Takes the client-id annotation off a service account, as an overwriting `kubectl apply` does. */
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

/** Edits the application's federated credential so that it trusts another service account. */
export async function renameSubject(options: {
  readonly azureEnvironment: string;
  readonly clientId: string;
  /** Name of the other service account. */
  readonly name: string;
  /** The job's environment, which says how to sign in. */
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
  const list = await fetch(credentials, { headers });
  const { value } = (await list.json()) as { value: { id: string; subject: string }[] };
  for (const { id, subject } of value) {
    const body = JSON.stringify({ subject: subject.replace(/[^:]+$/, options.name) });
    const answer = await fetch(`${credentials}/${id}`, { method: 'PATCH', headers, body });
    if (!answer.ok) throw new Error(`failed to edit the federated credential: HTTP ${answer.status}`);
  }
}
