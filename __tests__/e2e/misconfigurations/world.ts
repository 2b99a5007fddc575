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

/** One way in which people get a link wrong, and what verify-pod has to say of it. */
export interface Misconfiguration {
  readonly what: string;
  /** Breaks a whole chain. Returns inputs that differ; everything else is put back afterwards. */
  how(world: World): Inputs | undefined | Promise<Inputs | undefined>;
  readonly at: CheckId;
  readonly code: string;
  /** What the advice has to name. */
  readonly advice: RegExp;
}

/** A whole chain that rows break, each for itself: every change is undone after the row. */
export class World {
  readonly chain: Chain;
  readonly #undo: (() => unknown)[] = [];
  #deps: Partial<Deps> = {};

  constructor(chain: Chain) {
    this.chain = chain;
  }

  /** Dependencies of the run, with what the row changed in them. */
  deps() {
    return { ...this.chain.deps(), ...this.#deps };
  }

  async restore(): Promise<void> {
    for (const step of this.#undo.splice(0).reverse()) await step();
    this.#deps = {};
  }

  /** Replaces dependencies of the run: the clock, the environment that says who the job is. */
  replaceDeps(deps: Partial<Deps>): undefined {
    this.#deps = deps;
  }

  /** Lets a service of the emulated cloud answer in another way. */
  answer(fault: Fault): undefined {
    const { faults } = this.chain.emulator.behaviour;
    faults.push(fault);
    this.#undo.push(() => void faults.splice(faults.indexOf(fault), 1));
  }

  /** Serves another discovery document. */
  async document(edit: (fields: Record<string, unknown>) => unknown): Promise<undefined> {
    const issuer = this.chain.inputs['issuer-url'] ?? '';
    const answer = await fetch(`${issuer}.well-known/openid-configuration`);
    const body = edit((await answer.json()) as Record<string, unknown>);
    return this.answer({ service: 'blob', method: 'GET', path: 'openid-configuration', status: 200, body });
  }

  /** Serves another key set. */
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

  /** Changes the one federated credential of the identity; `undefined` takes it away. */
  credential(
    edit: { readonly issuer?: string; readonly subject?: string; readonly audience?: string } | undefined,
  ): undefined {
    const { credentials } = this.#owner();
    const before = credentials.current;
    const audiences = edit?.audience === undefined ? {} : { audiences: [edit.audience] };
    credentials.set(edit ? before.map((one) => ({ ...one, ...edit, ...audiences })) : [], this.#now());
    this.#undo.push(() => credentials.set(before, this.#now()));
  }

  /** Disables the identity's account in the tenant, or takes it away. */
  principal(state: 'disabled' | 'missing'): undefined {
    const { directory } = this.chain.emulator.azure;
    const principal = directory.principalOf(this.chain.inputs['client-id'] ?? '');
    if (!principal) throw new Error('the identity has no service principal');
    const { properties, deletedAt } = principal;
    if (state === 'missing') principal.deletedAt = this.#now();
    else principal.properties = { ...properties, accountEnabled: false };
    this.#undo.push(() => Object.assign(principal, { properties, deletedAt }));
  }

  /** Replaces the identity's role assignments: GUIDs of roles, each at a scope below the vault's or the vault itself. */
  roles(given: readonly { readonly role: string; readonly below?: string }[]): undefined {
    const { resources, directory } = this.chain.emulator.azure;
    const principalId = directory.principalOf(this.chain.inputs['client-id'] ?? '')?.id;
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

  /** Sets annotations of the service account; `undefined` takes one away. */
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

  /** Changes what the API server knows of the webhook; `undefined` takes it away. */
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
    await this.#untilSeen();
    this.#undo.push(async () => {
      if (edit) await objects.delete(ref);
      await objects.create(fresh(before));
      await this.#untilSeen();
    });
  }

  // The API server goes by a copy of the configuration that is a moment old.
  #untilSeen(): Promise<void> {
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
    const owner = this.chain.emulator.azure.directory.ownerOf(this.chain.inputs['client-id'] ?? '');
    if (!owner) throw new Error('there is no such identity');
    return owner;
  }

  #now(): number {
    return this.chain.emulator.azure.clock.now();
  }
}

/** The same input with other text in it. */
export function withInput(name: string, change: (value: string) => string): (world: World) => Inputs {
  return ({ chain }) => ({ [name]: change(chain.inputs[name] ?? '') });
}
