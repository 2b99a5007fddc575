import * as v from 'valibot';
import { behaviourSchema } from './behaviour.ts';
import { publicAccessLevels } from './storage/storage.ts';

const text = v.string();
const texts = v.array(text);
const textByName = v.record(text, text);

const deployer = 'a1d0c2e4-58f3-4b1c-9a77-3f0e6b9d2c15';
const jobSubject = 'repo:octo-org/octo-repo:ref:refs/heads/main';

const storageAccountSchema = v.strictObject({
  name: text,
  resourceGroup: text,
  allowBlobPublicAccess: v.optional(v.boolean(), false),
  allowSharedKeyAccess: v.optional(v.boolean(), true),
  containers: v.optional(
    v.array(
      v.strictObject({
        name: text,
        publicAccess: v.optional(v.picklist(publicAccessLevels), 'None'),
        /** Text by the path of the blob. */
        blobs: v.optional(textByName, {}),
      }),
    ),
    [],
  ),
});

const applicationSchema = v.strictObject({
  clientId: text,
  displayName: text,
  uniqueName: v.exactOptional(text),
  /** `false` creates no service principal in the tenant. */
  servicePrincipal: v.optional(v.boolean(), true),
  principalId: v.exactOptional(text),
  /** Application permissions of Microsoft Graph. */
  permissions: v.optional(texts, []),
  federatedCredentials: v.optional(
    v.array(
      v.strictObject({
        name: text,
        /** `job` stands for the issuer of the job's own token. */
        issuer: text,
        subject: text,
        audience: v.optional(text, 'api://AzureADTokenExchange'),
      }),
    ),
    [],
  ),
});

const roleAssignmentSchema = v.strictObject({
  /** Name or ID of a built-in role. */
  role: text,
  /** Client ID of the application that has the role. */
  clientId: text,
  /**
   * A resource ID below the subscription, such as `/resourceGroups/federation`; empty for the subscription
   * itself.
   */
  scope: text,
});

/** Resources that the outputs of start-emulator name. */
const hintsSchema = v.strictObject({
  resourceGroup: v.exactOptional(text),
  /** The account need not exist. */
  storageAccount: v.exactOptional(text),
  vault: v.exactOptional(text),
});

/**
 * The state file: what the emulator holds when it starts. Without a state file, it holds a tenant with a
 * deployer and a vault with one secret. A list in the file replaces the whole default list.
 */
const stateSchema = v.strictObject({
  tenant: v.optional(
    v.strictObject({
      id: v.optional(text, '6f2a8a0c-7c1d-4e0b-9b5e-2d4f1c3a9e80'),
      domain: v.optional(text, 'emulator.onmicrosoft.com'),
      /** Issuers that a policy of the tenant allows in federated credentials. Defaults to all. */
      allowedIssuers: v.exactOptional(texts),
    }),
    {},
  ),
  subscription: v.optional(
    v.strictObject({
      id: v.optional(text, '0d4c1b7e-3a92-4f6d-8e15-b7c2a9f0d364'),
      name: v.optional(text, 'Emulated subscription'),
    }),
    {},
  ),
  resourceGroups: v.optional(v.array(v.strictObject({ name: text, location: text })), [
    { name: 'federation', location: 'westeurope' },
  ]),
  vaults: v.optional(v.array(v.strictObject({ name: text, resourceGroup: text, secrets: textByName })), [
    {
      name: 'federation-vault',
      resourceGroup: 'federation',
      secrets: { hellosecret: 'Hello from the vault!' },
    },
  ]),
  storageAccounts: v.optional(v.array(storageAccountSchema), []),
  /** Names of storage accounts in other subscriptions. */
  takenStorageAccountNames: v.optional(texts, []),
  /** Whether a policy denies storage accounts that allow public blob access. */
  deniesPublicBlobAccess: v.optional(v.boolean(), false),
  applications: v.optional(v.array(applicationSchema), [
    {
      clientId: deployer,
      displayName: 'Deployer',
      permissions: ['Application.ReadWrite.All'],
      federatedCredentials: [{ name: 'job', issuer: 'job', subject: jobSubject }],
    },
  ]),
  roleAssignments: v.optional(v.array(roleAssignmentSchema), [
    { role: 'Owner', clientId: deployer, scope: '' },
    // The owner of a subscription may still not read or write blobs.
    { role: 'Storage Blob Data Contributor', clientId: deployer, scope: '' },
  ]),
  /** The application that the job signs in as, and the subject of its federated token. */
  job: v.optional(
    v.strictObject({ clientId: v.optional(text, deployer), subject: v.optional(text, jobSubject) }),
    {},
  ),
  hints: v.optional(hintsSchema, {}),
  behaviour: v.optional(behaviourSchema, {}),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A parsed state file, or any part of one. */
export type StateFile = DeepReadonly<v.InferInput<typeof stateSchema>>;
/** A complete state. */
export type State = DeepReadonly<
  v.InferOutput<typeof stateSchema> & { hints: Required<v.InferOutput<typeof hintsSchema>> }
>;
export type SeededApplication = State['applications'][number];
export type SeededStorageAccount = State['storageAccounts'][number];

/** Validates a state file and fills in the defaults. Throws `Error` with everything that is wrong in it. */
export function parseState(file: unknown): State {
  const { success, output, issues } = v.safeParse(stateSchema, file);
  if (!success) throw new Error(`the state file is invalid:\n${issues.map(describeIssue).join('\n')}`);
  const { resourceGroups, vaults, storageAccounts } = output;
  const hints = {
    resourceGroup: resourceGroups[0]?.name ?? 'federation',
    vault: vaults[0]?.name ?? 'federation-vault',
    storageAccount: storageAccounts[0]?.name ?? 'federationissuer',
    ...output.hints,
  };
  return { ...output, hints };
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'the file';
  if (issue.expected === 'never') return `${place}: unknown property`;
  if (issue.received === 'undefined') return `${place}: missing`;
  return `${place}: expected ${issue.expected}, found ${issue.received}`;
}

/** The state without a state file. */
export const defaultState: State = parseState({});
