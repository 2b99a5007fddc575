import type { definition as startMinikube } from '../cluster/definition.ts';
import { FederationError } from '../errors/index.ts';
import type { definition as federateApp } from '../identity/definition.ts';
import type { definition as publishIssuer } from '../issuer/definition.ts';
import type { definition as generateKeys } from '../keys/definition.ts';
import { camelCase, type InputsOf, type InputValues, type Link } from '../runtime/index.ts';
import type { definition as verifyPod } from '../verify/definition.ts';
import type { definition as installWebhook } from '../webhook/definition.ts';
import { definition } from './definition.ts';

export type Inputs = InputsOf<typeof definition>;

/** Outputs of the links that have run so far, by their names in action.yml. */
export type Outputs = Readonly<Record<string, unknown>>;

/** The inputs of each link: those of the umbrella that are declared for it, and the outputs of earlier links. */
export const linkInputs = {
  keys: (inputs: Inputs): InputsOf<typeof generateKeys> => selectInputs('keys', inputs),

  issuer: (inputs: Inputs, outputs: Outputs): InputsOf<typeof publishIssuer> => ({
    ...selectInputs('issuer', inputs),
    publicKeyFile: [getOutput(outputs, 'public-key-file'), ...inputs.publicKeyFile],
    onExit: inputs.onExit === 'remove' ? 'retire' : 'keep',
  }),

  cluster: (inputs: Inputs, outputs: Outputs): InputsOf<typeof startMinikube> => ({
    ...selectInputs('cluster', inputs),
    issuerUrl: getOutput(outputs, 'issuer-url'),
    jwksUrl: getOutput(outputs, 'jwks-url'),
    privateKeyFile: getOutput(outputs, 'private-key-file'),
    publicKeyFile: getOutput(outputs, 'public-key-file'),
  }),

  identity: (inputs: Inputs, outputs: Outputs): InputsOf<typeof federateApp> => ({
    ...selectInputs('identity', inputs),
    kubeconfig: getOutput(outputs, 'kubeconfig'),
    context: getOutput(outputs, 'context'),
    issuerUrl: getOutput(outputs, 'issuer-url'),
    keyVault: inputs.keyVault ?? inputs.keyVaultUrl,
    plan: false,
    bicepDirectory: undefined,
  }),

  webhook: (inputs: Inputs, outputs: Outputs): InputsOf<typeof installWebhook> => ({
    ...selectInputs('webhook', inputs),
    kubeconfig: getOutput(outputs, 'kubeconfig'),
    context: getOutput(outputs, 'context'),
    tenantId: inputs.tenantId ?? getOutput(outputs, 'tenant-id'),
  }),

  pod: (inputs: Inputs, outputs: Outputs): InputsOf<typeof verifyPod> => ({
    ...selectInputs('pod', inputs),
    kubeconfig: getOutput(outputs, 'kubeconfig'),
    context: getOutput(outputs, 'context'),
    serviceAccount: choosePodAccount(inputs),
    issuerUrl: getOutput(outputs, 'issuer-url'),
    clientId: getOutput(outputs, 'client-id'),
    tenantId: inputs.tenantId ?? getOutput(outputs, 'tenant-id'),
    privateKeyFile: getOutput(outputs, 'private-key-file'),
    publicKeyFile: getOutput(outputs, 'public-key-file'),
  }),
};

/**
 * Returns the service account of the test pod: `service-account`, otherwise the first of `service-accounts`.
 * Throws FederationError `invalid-input` if both are missing.
 */
export function choosePodAccount(inputs: Inputs) {
  const account = inputs.serviceAccount ?? inputs.serviceAccounts[0];
  if (account) return account;
  throw new FederationError('invalid-input', {
    problems:
      'input `service-accounts` is missing: set it to the service accounts that may use the identity, for example:\n  service-accounts: demo/reader',
  });
}

type Declared = (typeof definition)['inputs'];
type NamesFor<L extends Link> = {
  [Name in keyof Declared]: L extends Declared[Name]['links'][number] ? Name : never;
}[keyof Declared];

/** Returns the inputs that are declared for a link. */
function selectInputs<L extends Link>(link: L, inputs: Inputs): InputValues<Pick<Declared, NamesFor<L>>> {
  const names = Object.entries(definition.inputs)
    .filter(([, { links }]) => (links as readonly Link[]).includes(link))
    .map(([name]) => camelCase(name));
  const values = inputs as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, values[name]])) as InputValues<
    Pick<Declared, NamesFor<L>>
  >;
}

function getOutput(outputs: Outputs, name: string): string {
  const value = outputs[name];
  if (typeof value === 'string') return value;
  throw new Error(`no link has set the output ${name}`);
}
