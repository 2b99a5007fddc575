import type { TokenCredential } from '@azure/identity';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import { retry } from '../../runtime/index.ts';
import { readClaims } from './claims.ts';
import type { SignInDeps } from './deps.ts';

/** How the job signs in, for the words of an error. */
export type SignInMethod =
  | (Exchange & { readonly kind: 'github'; lastToken(): string | undefined })
  | (Exchange & { readonly kind: 'token-file'; readonly file: string })
  | { readonly kind: 'cli' };

interface Exchange {
  readonly clientId: string;
  /** The tenant at its authority: `https://login.microsoftonline.com/contoso.com`. */
  readonly tenantUrl: string;
}

/** What is known to pass by itself: Entra's own hiccups and broken connections. */
const transient =
  /AADSTS(90024|90033|90055|90090|50033)\b|temporarily_unavailable|endpoints_resolution_error|network_error|ECONNRESET|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/;

// MSAL says this of everything that goes wrong while it asks for the tenant's endpoints, an unknown tenant included.
const unresolved = /endpoints_resolution_error/;

/** The same credential, whose failures say what to change, and which waits for what passes by itself. */
export function explainSignInErrors(
  credential: TokenCredential,
  method: SignInMethod,
  deps: SignInDeps,
): TokenCredential {
  const policy = {
    what: 'Entra to answer the sign-in',
    budgetSeconds: 30,
    isTransient: (error: unknown) =>
      findCause(error, isFederationError) === undefined && transient.test(errorMessage(error)),
  };
  return {
    getToken: async (scopes, options) => {
      try {
        return await retry(policy, deps, async () => {
          try {
            return await credential.getToken(scopes, options);
          } catch (error) {
            throw await withEntrasWords(error, method, deps);
          }
        });
      } catch (error) {
        throw findCause(error, isFederationError) ?? explained(error, method);
      }
    },
  };
}

async function withEntrasWords(error: unknown, method: SignInMethod, deps: SignInDeps): Promise<unknown> {
  if (method.kind === 'cli' || !unresolved.test(errorMessage(error))) return error;
  try {
    const answer = await deps.fetch(`${method.tenantUrl}/v2.0/.well-known/openid-configuration`);
    const { error_description: words } = (await answer.json()) as { error_description?: string };
    return words === undefined ? error : new Error(words, { cause: error });
  } catch {
    return error; // no answer at all, which may pass
  }
}

function explained(error: unknown, method: SignInMethod): FederationError {
  const message = `failed to sign in to Azure: ${errorMessage(error)}`;
  const fail = (code: string, hint?: string) =>
    new FederationError(message, { code, cause: error, ...(hint !== undefined && { hint }) });
  if (method.kind === 'cli') return explainedSession(message, error);
  if (method.kind === 'token-file' && findCause(error, isMissingFile) !== undefined)
    return fail('federated-token-unreadable', `AZURE_FEDERATED_TOKEN_FILE must name a file: ${method.file}`);
  const numbers = (errorMessage(error).match(/AADSTS(\d+)/g) ?? []).map((found) => Number(found.slice(6)));
  const rule = rules.find((known) => known.numbers.some((number) => numbers.includes(number)));
  return fail(rule?.code ?? 'azure-sign-in-failed', rule?.hint(method));
}

interface SignInRule {
  readonly numbers: readonly number[];
  readonly code: string;
  hint(method: Exclude<SignInMethod, { readonly kind: 'cli' }>): string;
}

const rules: readonly SignInRule[] = [
  {
    numbers: [70021, 700211, 700212, 700213, 7002138, 7000226],
    code: 'azure-sign-in-untrusted',
    hint: (method) =>
      `The application ${method.clientId} does not trust the token of this job.${trustHint(method)}`,
  },
  {
    numbers: [700016, 90002, 900023, 900021],
    code: 'azure-sign-in-unknown',
    hint: ({ clientId }) =>
      `Check that azure-client-id (${clientId}) is registered in the tenant azure-tenant-id, and that azure-environment is its cloud.`,
  },
  {
    numbers: [7000229],
    code: 'azure-sign-in-unknown',
    hint: ({ clientId }) => `az ad sp create --id ${clientId}`,
  },
  {
    numbers: [700024],
    code: 'federated-token-expired',
    hint: (method) =>
      method.kind === 'github'
        ? "The clock of the runner differs from Entra's."
        : `The token in ${method.file} is over: whoever wrote it has to write a new one, as start-emulator does when it runs again.`,
  },
  {
    numbers: [53003],
    code: 'azure-sign-in-blocked',
    hint: () =>
      'A Conditional Access policy for workload identities blocks this sign-in; ask the administrator of the tenant.',
  },
];

/** The credential that would trust the token, with the values of the token itself. */
function trustHint(method: SignInMethod): string {
  const { iss, sub, aud } = readClaims((method.kind === 'github' && method.lastToken()) || '');
  if (method.kind !== 'github' || typeof sub !== 'string') return '';
  const credential = { name: 'github', issuer: iss, subject: sub, audiences: [aud].flat() };
  return ` This credential would do:\n  az ad app federated-credential create --id ${method.clientId} --parameters '${JSON.stringify(credential)}'`;
}

function explainedSession(message: string, cause: unknown): FederationError {
  const text = errorMessage(cause);
  if (/could not be found|not found|ENOENT/i.test(text)) return missingSessionError(cause);
  // The CLI asks for a new login whether there was none or the old one is over.
  return new FederationError(message, {
    code: /az login|AADSTS(700082|50173|50078|70043|700084)/.test(text)
      ? 'azure-session-expired'
      : 'azure-sign-in-failed',
    hint: "The az CLI's session is over or was never begun. Run azure/login before this step, or az login on a machine of your own; better, set azure-client-id to sign in with GitHub's OIDC token.",
    cause,
  });
}

/** Nothing at all to sign in with. */
export function missingSessionError(cause: unknown): FederationError {
  return new FederationError(
    'failed to sign in to Azure: there is no azure-client-id, no federated token file, and no az CLI',
    {
      code: 'azure-sign-in-missing',
      hint: 'Set azure-client-id, azure-tenant-id and azure-subscription-id, and give the job the permission id-token: write. Without a tenant of your own, run start-emulator first.',
      cause,
    },
  );
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
