import type { TokenCredential } from '@azure/identity';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import { retry } from '../../runtime/index.ts';
import {
  findEntraRefusal,
  isEntraOutage,
  isEntraUnreachable,
  readAadstsNumbers,
  readTenantRefusal,
} from '../aadsts.ts';
import type { SignInDeps } from './deps.ts';
import { readClaims } from './tenant.ts';

/** How the job signs in, for the texts of an error. */
export type SignInMethod =
  | (Exchange & { readonly kind: 'github'; lastToken(): string | undefined })
  | (Exchange & { readonly kind: 'token-file'; readonly file: string })
  | { readonly kind: 'cli' };

interface Exchange {
  readonly clientId: string;
  /** The tenant at its login host: `https://login.microsoftonline.com/contoso.com`. */
  readonly tenantUrl: string;
}

/** Returns the same credential with errors that say what to change, and with retries for what passes by itself. */
export function explainSignInErrors(
  credential: TokenCredential,
  method: SignInMethod,
  deps: SignInDeps,
): TokenCredential {
  const policy = {
    what: 'Entra ID to answer the sign-in',
    budgetSeconds: 30,
    isTransient: (error: unknown) =>
      findCause(error, isFederationError) === undefined && isEntraOutage(errorMessage(error)),
  };
  return {
    getToken: async (scopes, options) => {
      try {
        return await retry(policy, deps, async () => {
          try {
            return await credential.getToken(scopes, options);
          } catch (error) {
            throw await addTenantRefusal(error, method, deps);
          }
        });
      } catch (error) {
        throw findCause(error, isFederationError) ?? createSignInError(error, method);
      }
    },
  };
}

async function addTenantRefusal(error: unknown, method: SignInMethod, deps: SignInDeps): Promise<unknown> {
  if (method.kind === 'cli') return error;
  const refusal = await readTenantRefusal(errorMessage(error), method.tenantUrl, deps);
  return refusal === undefined ? error : new Error(refusal, { cause: error });
}

function createSignInError(cause: unknown, method: SignInMethod): FederationError {
  if (method.kind === 'cli') return createSessionError(errorMessage(cause), cause);
  const problem = `${method.kind === 'token-file' ? `token file ${method.file}: ` : ''}${errorMessage(cause)}`;
  if (method.kind === 'token-file' && findCause(cause, isMissingFile) !== undefined)
    return new FederationError('federated-token-unreadable', { problem, file: method.file }, { cause });
  const code =
    findEntraRefusal(readAadstsNumbers(problem))?.signIn ??
    (isEntraUnreachable(problem) ? 'azure-unreachable' : 'azure-sign-in-failed');
  const values = {
    ...{ problem, action: 'sign in to Azure', answer: problem },
    ...{ clientId: method.clientId, advice: describeCredential(method) },
  };
  return new FederationError(code, values, { cause });
}

/** The federated credential that would trust the token, with the values of the token itself. */
function describeCredential(method: Exclude<SignInMethod, { readonly kind: 'cli' }>): string {
  if (method.kind !== 'github') return '';
  const { iss, sub, aud } = readClaims(method.lastToken());
  if (typeof sub !== 'string') return '';
  const credential = { name: 'github', issuer: iss, subject: sub, audiences: [aud].flat() };
  return ` This one matches its token:\n  az ad app federated-credential create --id ${method.clientId} --parameters '${JSON.stringify(credential)}'`;
}

function createSessionError(problem: string, cause: unknown): FederationError {
  if (/could not be found|not found|ENOENT/i.test(problem))
    return new FederationError('azure-sign-in-missing', {}, { cause });
  // The CLI asks for a new login both if there was none and if the old one has expired.
  const isExpired = /az login|AADSTS(700082|50173|50078|70043|700084)\b/.test(problem);
  const code = isExpired ? 'azure-session-expired' : 'azure-sign-in-failed';
  return new FederationError(code, { problem }, { cause });
}

function findCause<T>(error: unknown, fits: (error: unknown) => error is T): T | undefined {
  for (let current = error; typeof current === 'object' && current !== null; ) {
    if (fits(current)) return current;
    current = 'cause' in current ? current.cause : undefined;
  }
  return undefined;
}

function isFederationError(error: unknown): error is FederationError {
  return error instanceof FederationError;
}

function isMissingFile(error: unknown): error is { readonly code: string } {
  return errorCode(error) === 'ENOENT';
}
