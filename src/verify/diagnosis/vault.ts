import { readAadstsNumbers } from '../../azure/index.ts';
import { errorCode, errorMessage } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { grantedRoles } from '../facts/roles.ts';
import { CheckFailedError, type Diagnosis } from '../refusals/check-failed-error.ts';
import { diagnoseExchange, type ExchangeContext } from './exchange.ts';

/** What the diagnosis of a read looks at. */
export type VaultContext = ExchangeContext & Pick<Context, 'azure'>;

/** A refusal of a Key Vault, out of the client's error. */
interface VaultRefusal {
  readonly status: number;
  /** `Forbidden`, `SecretNotFound`; empty where the answer had none. */
  readonly code: string;
  /** `ForbiddenByRbac`, `ForbiddenByFirewall`, `AccessDenied`. */
  readonly innerCode: string;
  readonly message: string;
}

interface Row extends Pick<Diagnosis, 'code' | 'cause' | 'change'> {
  fits(refusal: VaultRefusal): boolean;
}

const assignRole =
  'Give the identity the role "Key Vault Secrets User" on the vault, by the input key-vault of federate-app.';

// The first row that fits counts.
const rows: readonly Row[] = [
  {
    fits: ({ innerCode, message }) =>
      innerCode === 'ForbiddenByFirewall' || /Client address is not authorized/.test(message),
    code: 'vault-firewall',
    cause: 'the firewall of the vault keeps this machine out',
    change:
      'Allow the network of the runner, or let the pod alone read the vault: checks without key-vault-read.',
  },
  {
    fits: ({ innerCode }) => innerCode === 'AccessDenied',
    code: 'vault-access-policy-missing',
    cause: 'the vault works by access policies, and none lets this identity read secrets',
    change:
      'Switch the vault to role-based access, or: az keyvault set-policy --secret-permissions get --object-id <object id>',
  },
  {
    fits: ({ innerCode, message }) =>
      innerCode === 'SecretDisabled' || /not allowed on a disabled secret/i.test(message),
    code: 'secret-disabled',
    cause: 'the secret is there, but disabled',
    change: 'Enable it: az keyvault secret set-attributes --enabled true',
  },
  {
    fits: ({ status }) => status === 403,
    code: 'vault-role-missing',
    cause: 'the identity has no role that lets it read secrets of this vault',
    change: assignRole,
  },
  {
    fits: ({ status, message }) => status === 401 && /AKV10032|issuer|tenant/i.test(message),
    code: 'vault-of-another-tenant',
    cause: 'the vault belongs to another tenant than the identity',
    change: 'Use a vault and an identity of the same tenant.',
  },
  {
    fits: ({ code, message }) => code === 'SecretNotFound' || /SecretNotFound/.test(message),
    code: 'secret-missing',
    cause: 'the vault can be read, but holds no secret of this name',
    change: 'Correct secret-name, or make the secret: az keyvault secret set.',
  },
  {
    fits: ({ status }) => status === 429 || status >= 500,
    code: 'vault-busy',
    cause: 'the vault is busy or out of order',
    change: 'Run the job again later; see status.azure.com.',
  },
];

/** A role that is given already takes up to ten minutes to work; one that is not given never will. */
export async function vaultMaySettle(
  context: Pick<Context, 'azure' | 'deps'>,
  error: unknown,
): Promise<boolean> {
  const refusal = vaultRefusalOf(error);
  if (refusal === undefined) return false;
  if (refusal.status === 429 || refusal.status >= 500) return true;
  if (rows.find((row) => row.fits(refusal))?.code !== 'vault-role-missing') return false;
  const roles = await grantedRoles(context, refusal.message);
  return roles.kind === 'unreadable' || roles.reading.length > 0;
}

/** The one cause of a failed read, of the exchange that precedes it or of the read itself. */
export async function diagnoseVault(context: VaultContext, error: unknown): Promise<CheckFailedError> {
  const refusal = vaultRefusalOf(error);
  if (refusal === undefined) return unread(context, error);
  const row = rows.find(({ fits }) => fits(refusal));
  const answer = `HTTP ${refusal.status} ${refusal.innerCode || refusal.code}: ${refusal.message.split(/\r?\n/, 1)[0]?.slice(0, 300)}`;
  const broken = {
    code: row?.code ?? 'vault-refused',
    cause: row?.cause ?? `the vault answers HTTP ${refusal.status}`,
    change: row?.change ?? 'See the answer.',
    answer,
    raised: error,
    ...(row?.code === 'vault-busy' && { fault: 'service' as const }),
  };
  if (row?.code !== 'vault-role-missing') return new CheckFailedError(broken);
  const roles = await grantedRoles(context, refusal.message);
  if (roles.kind === 'unreadable')
    return new CheckFailedError({
      ...broken,
      change: `${assignRole} (The job may not see which roles it has: ${roles.why})`,
    });
  if (roles.reading.length > 0) {
    return new CheckFailedError({
      ...broken,
      code: 'vault-role-not-yet',
      cause: `the identity has the role "${roles.reading.join('", "')}", but it has not taken effect (${context.inputs.timeout} s were waited for)`,
      change: 'Roles take up to ten minutes: run again, or raise the input timeout.',
    });
  }
  if (roles.others.length === 0) return new CheckFailedError(broken);
  return new CheckFailedError({
    ...broken,
    cause: `the identity has the role "${roles.others.join('", "')}", which does not let it read secrets of this vault`,
  });
}

async function unread(context: ExchangeContext, error: unknown): Promise<CheckFailedError> {
  if (error instanceof CheckFailedError) return error;
  const message = errorMessage(error);
  if (readAadstsNumbers(message).length > 0) return diagnoseExchange(context, error);
  const unknownHost = errorCode(error) === 'ENOTFOUND' || /ENOTFOUND/.test(message);
  const wrongCloud = /does not match the requested domain/.test(message);
  return new CheckFailedError({
    code: unknownHost ? 'vault-unknown' : wrongCloud ? 'vault-of-another-cloud' : 'vault-unreachable',
    cause: unknownHost
      ? 'there is no vault at this address'
      : wrongCloud
        ? 'the vault belongs to another cloud than azure-environment says'
        : 'the vault cannot be reached from here',
    change: unknownHost
      ? 'Correct key-vault-url: the name of the vault stands at its beginning.'
      : wrongCloud
        ? 'Set azure-environment to the cloud of the vault.'
        : 'See key-vault-url, and whether a firewall or proxy stands before it.',
    answer: message,
    raised: error,
  });
}

function vaultRefusalOf(error: unknown): VaultRefusal | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  if (typeof statusCode !== 'number') return undefined;
  const body = bodyOf(error);
  return {
    status: statusCode,
    code: body.code ?? errorCode(error) ?? '',
    innerCode: body.innerError?.code ?? '',
    message: body.message ?? errorMessage(error),
  };
}

/** The `error` of a vault's answer, as the client hands it over. */
interface VaultError {
  readonly code?: string;
  readonly message?: string;
  readonly innerError?: { readonly code?: string };
}

// The client keeps the parsed answer only, under `details`, with `innererror` of the wire as `innerError`.
function bodyOf(error: object): VaultError {
  const details = 'details' in error ? error.details : undefined;
  return (details as { readonly error?: VaultError } | undefined)?.error ?? {};
}
