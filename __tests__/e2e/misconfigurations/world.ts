import type {
  V1MutatingWebhook,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import type { Fault } from '../../../emulator/index.ts';
import type { Deps } from '../../../src/runtime/index.ts';
import type { CheckId } from '../../../src/verify/check-ids.ts';
import { configurationName } from '../../../src/webhook/contract.ts';
import { account, type Chain } from '../../support/chain.ts';

export type Jwk = Readonly<Record<string, unknown>>;
type Inputs = Readonly<Record<string, string>>;

/** One common misconfiguration, and what verify-pod has to report. */
export interface Misconfiguration {
  /** A clause that ends the sentence "verify-pod reports an error if …". */
  readonly what: string;
  /** Breaks a working chain. Returns the inputs that differ. Everything else is restored afterwards. */
  how(world: World): Inputs | undefined | Promise<Inputs | undefined>;
  readonly at: CheckId;
  readonly code: string;
  /** What the hint has to contain. */
  readonly advice: RegExp;
}

/** A working chain that each row breaks. Every change is undone after the row. */
export class World {
  readonly chain: Chain;
  readonly #undo: (() => unknown)[] = [];
  #deps: Partial<Deps> = {};

  constructor(chain: Chain) {
    this.chain = chain;
  }

  /** Returns the dependencies of the run, with the changes of the row. */
  deps() {
    return { ...this.chain.deps(), ...this.#deps };
  }

  async restore(): Promise<void> {
    for (const step of this.#undo.splice(0).reverse()) await step();
    this.#deps = {};
  }

  /** Replaces dependencies of the run, such as the clock, or the environment with the job's sign-in. */
  replaceDeps(deps: Partial<Deps>): undefined {
    this.#deps = deps;
  }

  /** Makes a service of the emulator give a different answer. */
  answer(fault: Fault): undefined {
    const { faults } = this.chain.emulator.behaviour;
    faults.push(fault);
    this.#undo.push(() => void faults.splice(faults.indexOf(fault), 1));
  }

  /** Serves a changed discovery document. */
  async document(edit: (fields: Record<string, unknown>) => unknown): Promise<undefined> {
    const issuer = this.chain.inputs['issuer-url'] ?? '';
    const answer = await fetch(`${issuer}.well-known/openid-configuration`);
    const body = edit((await answer.json()) as Record<string, unknown>);
    return this.answer({ service: 'blob', method: 'GET', path: 'openid-configuration', status: 200, body });
  }

  /** Serves a changed JWKS. */
  async keys(edit: (keys: readonly Jwk[]) => unknown): Promise<undefined> {
    const answer = await fetch(`${this.chain.inputs['issuer-url']}openid/v1/jwks`);
    const { keys } = (await answer.json()) as { readonly keys: readonly Jwk[] };
    return this.answer({
      service: 'blob',
      method: 'GET',
      path: 'openid/v1/jwks',
      status: 200,
      body: { keys: edit(keys) },
    });
  }

  forbidAnonymousReads(): undefined {
    const { storageAccounts } = this.chain.emulator.azure.resources;
    const before = [...storageAccounts];
    storageAccounts.splice(
      0,
      before.length,
      ...before.map((one) => ({ ...one, allowBlobPublicAccess: false })),
    );
    this.#undo.push(() => storageAccounts.splice(0, before.length, ...before));
  }

  /** Changes the only federated credential of the identity. `undefined` deletes it. */
  credential(
    edit: { readonly issuer?: string; readonly subject?: string; readonly audience?: string } | undefined,
  ): undefined {
    const { credentials } = this.#owner();
    const before = credentials.current;
    const audiences = edit?.audience === undefined ? {} : { audiences: [edit.audience] };
    credentials.set(edit ? before.map((one) => ({ ...one, ...edit, ...audiences })) : [], this.#now());
    this.#undo.push(() => credentials.set(before, this.#now()));
  }

  /** Disables or deletes the service principal of the identity. */
  principal(state: 'disabled' | 'missing'): undefined {
    const { directory } = this.chain.emulator.azure;
    const principal = directory.findPrincipal(this.chain.inputs['client-id'] ?? '');
    if (!principal) throw new Error('the identity has no service principal');
    const { properties, deletedAt } = principal;
    if (state === 'missing') principal.deletedAt = this.#now();
    else principal.properties = { ...properties, accountEnabled: false };
    this.#undo.push(() => Object.assign(principal, { properties, deletedAt }));
  }

  /**
   * Replaces the role assignments of the identity: GUIDs of roles, each on the vault or on a scope below it.
   */
  roles(given: readonly { readonly role: string; readonly below?: string }[]): undefined {
    const { resources, directory } = this.chain.emulator.azure;
    const principalId = directory.findPrincipal(this.chain.inputs['client-id'] ?? '')?.id;
    const before = resources.roleAssignments;
    const [own] = before.filter((one) => one.principalId === principalId);
    if (!own) throw new Error('the identity has no role');
    resources.roleAssignments = [
      ...before.filter((one) => one !== own),
      ...given.map(({ role, below = '' }, at) => ({
        ...own,
        name: `${own.name}-${at}`,
        roleId: role,
        scope: `${own.scope}${below}`,
      })),
    ];
    this.#undo.push(() => {
      resources.roleAssignments = before;
    });
  }

  disableSecret(): undefined {
    const [vault] = this.chain.emulator.azure.resources.vaults;
    const versions = vault?.secrets.get('hellosecret');
    if (!vault || !versions) throw new Error('there is no secret');
    vault.secrets.set(
      'hellosecret',
      versions.map((version) => ({ ...version, enabled: false })),
    );
    this.#undo.push(() => void vault.secrets.set('hellosecret', versions));
  }

  /** Sets annotations of the service account. `undefined` removes one. */
  async annotate(annotations: Readonly<Record<string, string | undefined>>): Promise<undefined> {
    await this.#editAccount((before) => {
      const all = { ...before.metadata?.annotations, ...annotations };
      const given = Object.entries(all).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      return { ...before, metadata: { ...before.metadata, annotations: Object.fromEntries(given) } };
    });
  }

  async #editAccount(edit: (before: V1ServiceAccount) => V1ServiceAccount): Promise<void> {
    const { core } = this.chain.api;
    const put = async (change: (current: V1ServiceAccount) => V1ServiceAccount) => {
      const current = await core.readNamespacedServiceAccount({ ...account });
      await core.replaceNamespacedServiceAccount({ ...account, body: change(current) });
    };
    const before = await core.readNamespacedServiceAccount({ ...account });
    await put(edit);
    this.#undo.push(() =>
      put((current) => ({
        ...current,
        metadata: { ...current.metadata, annotations: before.metadata?.annotations ?? {} },
      })),
    );
  }

  /** Changes the webhook configuration in the API server. `undefined` deletes it. */
  async webhook(edit: ((webhook: V1MutatingWebhook) => V1MutatingWebhook) | undefined): Promise<undefined> {
    const { objects } = this.chain.api;
    const ref = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: configurationName },
    };
    const before = await objects.read<V1MutatingWebhookConfiguration>(ref);
    const fresh = ({ webhooks = [], metadata }: V1MutatingWebhookConfiguration) => ({
      ...ref,
      metadata: { name: configurationName, labels: metadata?.labels ?? {} },
      webhooks,
    });
    await objects.delete(ref);
    if (edit) await objects.create(fresh({ ...before, webhooks: (before.webhooks ?? []).map(edit) }));
    await this.#waitForApiServer();
    this.#undo.push(async () => {
      if (edit) await objects.delete(ref);
      await objects.create(fresh(before));
      await this.#waitForApiServer();
    });
  }

  // The API server goes by a copy of the configuration that is a moment old.
  #waitForApiServer(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 300));
  }

  /** Sets labels of the workload's namespace. */
  async labelNamespace(labels: Readonly<Record<string, string>>): Promise<undefined> {
    const { core } = this.chain.api;
    const put = async (given: Readonly<Record<string, string>>) => {
      const current: V1Namespace = await core.readNamespace({ name: account.namespace });
      await core.replaceNamespace({
        name: account.namespace,
        body: { ...current, metadata: { ...current.metadata, labels: { ...given } } },
      });
    };
    const before = (await core.readNamespace({ name: account.namespace })).metadata?.labels ?? {};
    await put({ ...before, ...labels });
    this.#undo.push(() => put(before));
  }

  #owner() {
    const owner = this.chain.emulator.azure.directory.findOwner(this.chain.inputs['client-id'] ?? '');
    if (!owner) throw new Error('there is no such identity');
    return owner;
  }

  #now(): number {
    return this.chain.emulator.azure.clock.now();
  }
}

/** Changes one input of the chain. */
export function withInput(name: string, change: (value: string) => string): (world: World) => Inputs {
  return ({ chain }) => ({ [name]: change(chain.inputs[name] ?? '') });
}
