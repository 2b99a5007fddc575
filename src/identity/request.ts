import type { AzureEnvironment } from '../azure/index.ts';
import { FederationError } from '../errors/index.ts';
import type { ServiceAccountRef } from '../kubernetes/index.ts';
import type { InputsOf } from '../runtime/index.ts';
import { type Prune, type WantedCredential, wantedCredentials } from './credentials/credential.ts';
import type { definition } from './definition.ts';
import type { DeletedApplication } from './objects/application.ts';
import type { Mark } from './objects/mark.ts';
import { vaultScope, type WantedRole } from './roles/roles.ts';

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

/** Everything that one run brings about. Pure data, known before the first request. */
export interface Desired {
  readonly identity: WantedIdentity;
  readonly accounts: readonly ServiceAccountRef[];
  readonly credentials: readonly WantedCredential[];
  readonly roles: readonly WantedRole[];
  readonly prune: Prune;
  /** What jobs that began before this time left behind is removed; seconds since the epoch. Undefined: nothing is. */
  readonly sweepBefore: number | undefined;
  readonly tokenExpirationSeconds: number | undefined;
  readonly mark: Mark;
}

// Longer than any job runs on a hosted runner, so that nothing is taken away from a job at work.
const shortestSweepSeconds = 6 * 3600;

type FederateInputs = InputsOf<typeof definition>;

/** The desired state out of the inputs. Throws FederationError `invalid-input`, before the first request. */
export function desiredState(
  inputs: FederateInputs,
  env: Readonly<Record<string, string | undefined>>,
  environment: AzureEnvironment,
  now: number,
): Desired {
  const faults = faultsBetween(inputs);
  const identity = wantedIdentity(inputs, faults);
  if (faults.length > 0) {
    throw new FederationError(`failed to read the inputs: ${faults.join('\n')}`, {
      code: 'invalid-input',
      hint: 'Nothing was changed. Correct the `with:` block of this step.',
    });
  }
  const { serviceAccounts: accounts, sweepOlderThan } = inputs;
  const mark: Mark = {
    owner: inputs.owner ?? env.GITHUB_REPOSITORY ?? 'unknown',
    lifetime: inputs.onExit === 'remove' ? { kind: 'job', since: now } : { kind: 'kept' },
  };
  const audience = inputs.audience ?? environment.tokenExchangeAudience;
  const secretsUser = inputs.keyVault
    ? [{ role: 'Key Vault Secrets User', scope: vaultScope(inputs.keyVault) }]
    : [];
  return {
    identity,
    accounts,
    mark,
    credentials: wantedCredentials({ accounts, issuer: inputs.issuerUrl, audience, ...mark }),
    roles: [...secretsUser, ...inputs.roleAssignments],
    prune: inputs.pruneCredentials,
    sweepBefore: sweepOlderThan === undefined ? undefined : now - sweepOlderThan,
    tokenExpirationSeconds: inputs.tokenExpiration,
  };
}

/** What is wrong with inputs that are right each for itself. */
function faultsBetween(inputs: FederateInputs): string[] {
  const { serviceAccounts, sweepOlderThan, tokenExpiration } = inputs;
  const names = serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`);
  // The same account twice would be the same credential twice, which Entra refuses.
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const faults = twice.map((name) => `input "service-accounts" has ${name} twice`);
  if (names.length === 0) faults.push('input "service-accounts" is empty: write at least one namespace/name');
  if (sweepOlderThan !== undefined && sweepOlderThan < shortestSweepSeconds)
    faults.push('input "sweep-older-than" is too short: a job may be at work for 6h, write at least that');
  if (tokenExpiration !== undefined && (tokenExpiration < 3600 || tokenExpiration > 86_400))
    faults.push('input "token-expiration": the webhook takes 1h to 24h');
  const hasNoTemplate = inputs.clientId !== undefined || inputs.onExit === 'remove';
  if (inputs.bicepDirectory !== undefined && hasNoTemplate)
    faults.push('input "bicep-directory" goes with "name" and on-exit: keep: a template declares what stays');
  return faults;
}

function wantedIdentity(inputs: FederateInputs, faults: string[]): WantedIdentity {
  const { name, clientId, identity } = inputs;
  if ((name === undefined) === (clientId === undefined))
    faults.push('set exactly one of the inputs "name" (made where absent) and "client-id" (exists)');
  if (clientId !== undefined) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId))
      faults.push(
        `input "client-id" is "${clientId}": write the GUID that Entra shows as application (client) id`,
      );
    return { kind: `existing-${identity}`, clientId };
  }
  const named = name ?? '';
  if (identity === 'managed-identity') {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(named))
      faults.push(
        `input "name" is "${named}": a managed identity has 3 to 128 letters, digits, dashes or underscores`,
      );
    if (inputs.resourceGroup === undefined)
      faults.push('input "resource-group" is missing: a managed identity belongs to one');
    return {
      kind: 'managed-identity',
      name: named,
      resourceGroup: inputs.resourceGroup ?? '',
      location: inputs.location,
    };
  }
  if (named !== '' && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/.test(named))
    faults.push(
      `input "name" is "${named}": write up to 120 letters, digits, dots, dashes or underscores; anything else belongs into display-name`,
    );
  const uris = inputs.identifierUris;
  return {
    kind: 'application',
    uniqueName: named,
    displayName: inputs.displayName ?? named,
    deleted: inputs.deletedApplication,
    identifierUris: uris.length === 0 ? [`api://${named}`] : uris.filter((uri) => uri !== 'none'),
  };
}
