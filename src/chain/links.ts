import * as cluster from '../cluster/index.ts';
import { FederationError } from '../errors/index.ts';
import * as entra from '../identity/index.ts';
import * as issuer from '../issuer/index.ts';
import * as keys from '../keys/index.ts';
import type { ActionDefinition, CleanUp, Deps, InputsOf, Link, Run, RunResult } from '../runtime/index.ts';
import * as verify from '../verify/index.ts';
import * as webhook from '../webhook/index.ts';
import type { definition } from './definition.ts';

export type Inputs = InputsOf<typeof definition>;

/** Outputs of the links that have run so far, by their names in action.yml. */
export type Outputs = Readonly<Record<string, unknown>>;

/** One action as a link of the umbrella: its inputs come from the user and from the links before it. */
export interface ChainLink {
  readonly name: string;
  readonly link: Link;
  run(inputs: Inputs, outputs: Outputs, deps: Deps): Promise<RunResult<ActionDefinition>>;
  cleanUp(inputs: Inputs, outputs: Outputs, deps: Deps): Promise<void>;
}

/** The six links in their order. */
export const links: readonly ChainLink[] = [
  chainLink('keys', keys, (inputs) => inputs),
  chainLink('issuer', issuer, (inputs, outputs) => ({
    ...inputs,
    publicKeyFile: [given(outputs, 'public-key-file'), ...inputs.publicKeyFile],
    onExit: inputs.onExit === 'remove' ? ('retire' as const) : ('keep' as const),
  })),
  chainLink('cluster', cluster, (inputs, outputs) => ({
    ...inputs,
    issuerUrl: given(outputs, 'issuer-url'),
    jwksUrl: given(outputs, 'jwks-url'),
    privateKeyFile: given(outputs, 'private-key-file'),
    publicKeyFile: given(outputs, 'public-key-file'),
  })),
  chainLink('identity', entra, (inputs, outputs) => ({
    ...inputs,
    ...clusterOf(outputs),
    issuerUrl: given(outputs, 'issuer-url'),
    keyVault: inputs.keyVault ?? inputs.keyVaultUrl,
  })),
  chainLink('webhook', webhook, (inputs, outputs) => ({
    ...inputs,
    ...clusterOf(outputs),
    tenantId: inputs.tenantId ?? given(outputs, 'tenant-id'),
  })),
  chainLink('pod', verify, (inputs, outputs) => ({
    ...inputs,
    ...clusterOf(outputs),
    serviceAccount: podAccount(inputs),
    issuerUrl: given(outputs, 'issuer-url'),
    clientId: given(outputs, 'client-id'),
    tenantId: inputs.tenantId ?? given(outputs, 'tenant-id'),
    privateKeyFile: given(outputs, 'private-key-file'),
    publicKeyFile: given(outputs, 'public-key-file'),
  })),
];

/** The service account of the pod: the one named, else the first that is federated. Throws FederationError `invalid-input`. */
export function podAccount(inputs: Inputs) {
  const account = inputs.serviceAccount ?? inputs.serviceAccounts[0];
  if (account) return account;
  throw new FederationError('failed to read the inputs: input "service-accounts" is missing', {
    code: 'invalid-input',
    hint: 'Nothing was changed. Write the service accounts that may use the identity, for example:\n  service-accounts: demo/reader',
  });
}

function chainLink<D extends ActionDefinition>(
  link: Link,
  module: { readonly definition: D; readonly run: Run<D>; readonly cleanUp?: CleanUp<D> },
  inputsOf: (inputs: Inputs, outputs: Outputs) => InputsOf<D>,
): ChainLink {
  return {
    name: module.definition.name,
    link,
    run: (inputs, outputs, deps) => module.run(inputsOf(inputs, outputs), deps),
    cleanUp: async (inputs, outputs, deps) => module.cleanUp?.(inputsOf(inputs, outputs), deps),
  };
}

function clusterOf(outputs: Outputs) {
  return { kubeconfig: given(outputs, 'kubeconfig'), context: given(outputs, 'context') };
}

function given(outputs: Outputs, name: string): string {
  const value = outputs[name];
  if (typeof value === 'string') return value;
  throw new Error(`no link has given the output ${name}`);
}
