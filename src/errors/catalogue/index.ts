import { azureErrors } from './azure.ts';
import { clusterErrors } from './cluster.ts';
import { documentsErrors } from './documents.ts';
import { emulatorErrors } from './emulator.ts';
import { entraErrors } from './entra.ts';
import type { ErrorEntry, Placeholders } from './entry.ts';
import { identityErrors } from './identity.ts';
import { inputsErrors } from './inputs.ts';
import { issuerErrors } from './issuer.ts';
import { keyVaultErrors } from './key-vault.ts';
import { keysErrors } from './keys.ts';
import { kubernetesErrors } from './kubernetes.ts';
import { signInErrors } from './sign-in.ts';
import { storageErrors } from './storage.ts';
import { toolsErrors } from './tools.ts';
import { webhookErrors } from './webhook.ts';
import { workloadErrors } from './workload.ts';

export type { ErrorEntry, Fault } from './entry.ts';
export { placeholder } from './entry.ts';

/** Every error of these actions, in the order and under the headings of docs/troubleshooting.md. */
export const sections = [
  { title: 'Answers of Entra ID to the workload', errors: entraErrors },
  { title: 'Storage', errors: storageErrors },
  { title: 'The published documents', errors: documentsErrors },
  { title: 'Publishing an issuer', errors: issuerErrors },
  { title: 'Signing keys', errors: keysErrors },
  { title: 'The cluster and its keys', errors: clusterErrors },
  { title: 'The API server', errors: kubernetesErrors },
  { title: 'Applications, managed identities, federated credentials and roles', errors: identityErrors },
  { title: 'The webhook', errors: webhookErrors },
  { title: 'Pods', errors: workloadErrors },
  { title: 'Key Vault', errors: keyVaultErrors },
  { title: 'Sign-in of the job', errors: signInErrors },
  { title: 'Azure', errors: azureErrors },
  { title: 'Tools and programs', errors: toolsErrors },
  { title: 'The Azure emulator', errors: emulatorErrors },
  { title: 'Inputs and files', errors: inputsErrors },
] as const;

/** All errors by their codes. */
export const catalogue = {
  ...entraErrors,
  ...storageErrors,
  ...documentsErrors,
  ...issuerErrors,
  ...keysErrors,
  ...clusterErrors,
  ...kubernetesErrors,
  ...identityErrors,
  ...webhookErrors,
  ...workloadErrors,
  ...keyVaultErrors,
  ...signInErrors,
  ...azureErrors,
  ...toolsErrors,
  ...emulatorErrors,
  ...inputsErrors,
};

type Catalogue = typeof catalogue;

/** Stable and kebab-case. Callers, tests and the report match on it. */
export type ErrorCode = keyof Catalogue;

type TemplatesOf<C extends ErrorCode> = Catalogue[C] extends ErrorEntry
  ? Catalogue[C]['message'] | Catalogue[C]['hint']
  : never;

/** Names of the values that the texts of an error need. */
export type ValueNames<C extends ErrorCode> = Placeholders<TemplatesOf<C>>;

/** The values that the texts of an error need. */
export type ErrorValues<C extends ErrorCode> = Readonly<Record<ValueNames<C>, string | number>>;

/** The codes whose texts need no other values than these: for tables that map refusals to codes. */
export type CodeNeeding<Names extends string> = {
  readonly [C in ErrorCode]: ValueNames<C> extends Names ? C : never;
}[ErrorCode];
