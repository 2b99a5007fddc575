import { type AzureEnvironment, isGuid } from '../azure/index.ts';
import { FederationError } from '../errors/index.ts';
import type { ServiceAccountRef } from '../kubernetes/index.ts';
import type { InputsOf } from '../runtime/index.ts';
import { createWantedCredentials, type Prune, type WantedCredential } from './credentials/credential.ts';
import type { definition } from './definition.ts';
import type { DeletedApplication } from './objects/application.ts';
import type { Mark } from './objects/mark.ts';
import { parseVaultScope, type WantedRole } from './roles/roles.ts';

/** The identity as the inputs describe it. */
export type WantedIdentity =
  | { readonly kind: 'existing-application' | 'existing-managed-identity'; readonly clientId: string }
  | {
      readonly kind: 'application';
      readonly uniqueName: string;
      readonly displayName: string;
      readonly identifierUris: readonly string[];
      readonly deleted: DeletedApplication;
    }
  | {
      readonly kind: 'managed-identity';
      readonly name: string;
      readonly resourceGroup: string;
      readonly location: string | undefined;
    };

/** The state that one run is to reach. Pure data, known before the first request. */
export interface DesiredState {
  readonly identity: WantedIdentity;
  readonly accounts: readonly ServiceAccountRef[];
  readonly credentials: readonly WantedCredential[];
  readonly roles: readonly WantedRole[];
  readonly prune: Prune;
  /** Delete what jobs left behind that started before this time, in seconds since the epoch. */
  readonly sweepBefore: number | undefined;
  readonly tokenExpirationSeconds: number | undefined;
  readonly mark: Mark;
}

// Longer than any job runs on a hosted runner, so that nothing is taken from a job that is still running.
const shortestSweepSeconds = 6 * 3600;

type FederateInputs = InputsOf<typeof definition>;

/** Returns the desired state that the inputs describe. Throws FederationError `invalid-input`, before the first request. */
export function readRequest(
  inputs: FederateInputs,
  env: Readonly<Record<string, string | undefined>>,
  environment: AzureEnvironment,
  now: number,
): DesiredState {
  const problems = [...findProblems(inputs), ...findIdentityProblems(inputs)];
  if (problems.length > 0) throw new FederationError('invalid-input', { problems: problems.join('\n') });
  const { serviceAccounts: accounts, sweepOlderThan } = inputs;
  const mark: Mark = {
    owner: inputs.owner ?? env.GITHUB_REPOSITORY ?? 'unknown',
    lifetime: inputs.onExit === 'remove' ? { kind: 'job', since: now } : { kind: 'kept' },
  };
  const audience = inputs.audience ?? environment.tokenExchangeAudience;
  const vaultRoles = inputs.keyVault
    ? [{ role: 'Key Vault Secrets User', scope: parseVaultScope(inputs.keyVault) }]
    : [];
  return {
    identity: readIdentity(inputs),
    accounts,
    mark,
    credentials: createWantedCredentials({ accounts, issuer: inputs.issuerUrl, audience, ...mark }),
    roles: [...vaultRoles, ...inputs.roleAssignments],
    prune: inputs.pruneCredentials,
    sweepBefore: sweepOlderThan === undefined ? undefined : now - sweepOlderThan,
    tokenExpirationSeconds: inputs.tokenExpiration,
  };
}

/** Finds what is wrong with inputs that are valid on their own. */
function findProblems(inputs: FederateInputs): readonly string[] {
  const { serviceAccounts, sweepOlderThan, tokenExpiration } = inputs;
  const names = serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`);
  // The same account twice would be the same credential twice, which Entra ID rejects.
  const duplicates = names.filter((name, index) => names.indexOf(name) !== index);
  const problems = duplicates.map((name) => `input \`service-accounts\` has ${name} twice`);
  if (names.length === 0)
    problems.push('input `service-accounts` is empty: write at least one namespace/name');
  if (sweepOlderThan !== undefined && sweepOlderThan < shortestSweepSeconds)
    problems.push('input `sweep-older-than` is too short: a job can run for 6h, write at least that');
  if (tokenExpiration !== undefined && (tokenExpiration < 3600 || tokenExpiration > 86_400))
    problems.push('input `token-expiration`: write a duration from 1h to 24h, which the webhook accepts');
  const isTemporary = inputs.clientId !== undefined || inputs.onExit === 'remove';
  if (inputs.bicepDirectory !== undefined && isTemporary)
    problems.push(
      'input `bicep-directory` requires `name` and `on-exit: keep`: a template declares what is kept',
    );
  return problems;
}

function findIdentityProblems(inputs: FederateInputs): readonly string[] {
  const { name, clientId, identity, resourceGroup } = inputs;
  if ((name === undefined) === (clientId === undefined))
    return ['set either the input `name` (created if it does not exist) or `client-id` (must exist)'];
  if (name === undefined)
    return clientId === undefined || isGuid(clientId)
      ? []
      : [
          `input \`client-id\` is "${clientId}": write the GUID that Entra ID shows as application (client) ID`,
        ];
  if (identity === 'application')
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(name)
      ? []
      : [
          `input \`name\` is "${name}": write up to 120 letters, digits, dots, dashes or underscores, and anything else as display-name`,
        ];
  const problems: string[] = [];
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name))
    problems.push(
      `input \`name\` is "${name}": write 3 to 128 letters, digits, dashes or underscores for a managed identity`,
    );
  if (resourceGroup === undefined)
    problems.push('input `resource-group` is missing: a managed identity requires one');
  return problems;
}

function readIdentity(inputs: FederateInputs): WantedIdentity {
  const { name = '', clientId, identity, resourceGroup = '', location } = inputs;
  if (clientId !== undefined) return { kind: `existing-${identity}`, clientId };
  if (identity === 'managed-identity') return { kind: identity, name, resourceGroup, location };
  return {
    kind: 'application',
    uniqueName: name,
    displayName: inputs.displayName ?? name,
    deleted: inputs.deletedApplication,
    // `none` was the way to ask for what is the default now.
    identifierUris: inputs.identifierUris.filter((uri) => uri !== 'none'),
  };
}
