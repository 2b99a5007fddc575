import { readAadstsNumbers } from '../../azure/index.ts';
import { type CodeNeeding, errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { type GrantedRoles, readGrantedRoles } from '../facts/roles.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { classifyVaultRefusal, readVaultRefusal } from '../refusals/vault.ts';
import { diagnoseExchange, type ExchangeContext } from './exchange.ts';

/** What the diagnosis of a read looks at. */
export type VaultContext = ExchangeContext & Pick<Context, 'azure'>;

/**
 * Tells whether waiting may help: an assigned role takes up to ten minutes to take effect, a missing one
 * never does.
 */
export async function mayVaultSettle(
  context: Pick<Context, 'azure' | 'deps'>,
  error: unknown,
): Promise<boolean> {
  const refusal = readVaultRefusal(error);
  const code = refusal && classifyVaultRefusal(refusal);
  if (code === 'vault-busy') return true;
  if (refusal === undefined || code !== 'vault-role-missing') return false;
  const roles = await readGrantedRoles(context, refusal.message);
  return roles.kind === 'unreadable' || roles.reading.length > 0;
}

/** Diagnoses a failed read: of the token exchange that precedes it, or of the read itself. */
export async function diagnoseVault(context: VaultContext, error: unknown): Promise<FederationError> {
  const refusal = readVaultRefusal(error);
  if (refusal === undefined) return diagnoseConnection(context, error);
  const { status, code, innerCode, message } = refusal;
  const details = {
    answer: `HTTP ${status} ${innerCode || code}: ${message.split(/\r?\n/, 1)[0]?.slice(0, 300)}`,
    cause: error,
  };
  const known = classifyVaultRefusal(refusal);
  if (known === undefined) return new CheckFailedError('vault-refused', { status }, details);
  if (known !== 'vault-role-missing')
    return new CheckFailedError(known, { secret: context.inputs.secretName ?? '' }, details);
  const roles = await readGrantedRoles(context, message);
  if (roles.kind === 'read' && roles.reading.length > 0)
    return new CheckFailedError(
      'vault-role-not-yet',
      { roles: quote(roles.reading), seconds: context.inputs.timeout },
      details,
    );
  return new CheckFailedError('vault-role-missing', { found: describeRoles(roles) }, details);
}

function describeRoles(roles: GrantedRoles): string {
  if (roles.kind === 'unreadable') return `the job cannot see its roles: ${roles.why}`;
  return roles.others.length === 0 ? 'it has no role at all' : `it has only ${quote(roles.others)}`;
}

function quote(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

async function diagnoseConnection(context: ExchangeContext, error: unknown): Promise<FederationError> {
  if (error instanceof FederationError) return error;
  const message = errorMessage(error);
  if (readAadstsNumbers(message).length > 0) return diagnoseExchange(context, error);
  const code: CodeNeeding<'vault'> =
    errorCode(error) === 'ENOTFOUND' || /ENOTFOUND/.test(message)
      ? 'vault-unknown'
      : /does not match the requested domain/.test(message)
        ? 'vault-of-another-cloud'
        : 'vault-unreachable';
  const vault = context.inputs.keyVaultUrl ?? '';
  return new CheckFailedError(code, { vault }, { answer: message, cause: error });
}
