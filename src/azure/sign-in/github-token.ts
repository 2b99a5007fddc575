import { readFile } from 'node:fs/promises';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { retry, retryAfterSeconds } from '../../runtime/index.ts';
import type { AzureEnvironment } from '../environment.ts';
import type { SignInDeps } from './deps.ts';

/** Whether GitHub offers the job an OIDC token. */
export function hasGitHubToken(env: SignInDeps['env']): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

/** GitHub's endpoint answered with a failure. */
class TokenEndpointError extends Error {
  readonly status: number;
  readonly afterSeconds: number | undefined;
  constructor(status: number, afterSeconds: number | undefined) {
    super(`HTTP ${status}`);
    this.status = status;
    this.afterSeconds = afterSeconds;
  }
}

/** A new OIDC token of the job for Entra; it lives about five minutes, so each sign-in fetches its own. Throws FederationError `github-oidc-failed`. */
export async function fetchGitHubToken(environment: AzureEnvironment, deps: SignInDeps): Promise<string> {
  const policy = {
    what: "GitHub's OIDC endpoint to answer",
    budgetSeconds: 30,
    isTransient: (error: unknown) =>
      error instanceof TokenEndpointError
        ? (error.status === 429 || error.status >= 500) && { afterSeconds: error.afterSeconds }
        : true,
  };
  try {
    const token = await retry(policy, deps, () => requestToken(environment, deps));
    deps.log.mask(token);
    return token;
  } catch (error) {
    throw new FederationError(`failed to fetch GitHub's OIDC token: ${errorMessage(error)}`, {
      code: 'github-oidc-failed',
      fault: 'service',
      hint: 'The job needs `permissions: id-token: write`; where it has that, see https://www.githubstatus.com.',
      cause: error,
    });
  }
}

async function requestToken(environment: AzureEnvironment, deps: SignInDeps): Promise<string> {
  const url = new URL(deps.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '');
  url.searchParams.set('audience', environment.tokenExchangeAudience);
  const response = await deps.fetch(url, {
    headers: {
      authorization: `Bearer ${deps.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`,
      accept: 'application/json',
    },
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.text();
  if (!response.ok) {
    const after = retryAfterSeconds(response.headers.get('retry-after'), deps.clock);
    throw new TokenEndpointError(response.status, after);
  }
  const { value } = JSON.parse(answer) as { value?: string };
  if (!value) throw new Error('the answer holds no token');
  return value;
}

/** Why GitHub offers the job no token, in words that say what to change. */
export async function missingGitHubTokenError(env: SignInDeps['env']): Promise<FederationError> {
  const message = "failed to sign in to Azure: GitHub's OIDC token is not available to this job";
  if (env.GITHUB_ACTIONS !== 'true') {
    return new FederationError(`${message}, which does not run in GitHub Actions`, {
      code: 'github-oidc-unavailable',
      hint: 'Leave azure-client-id out to sign in with the az CLI (az login), or set AZURE_FEDERATED_TOKEN_FILE.',
    });
  }
  if (await isPullRequestOfFork(env)) {
    return new FederationError(`${message}: it was started by a pull request from a fork`, {
      code: 'github-oidc-fork',
      hint: 'GitHub gives such jobs no token, whatever their permissions. Run them against an emulated Azure: use the action start-emulator there, and this sign-in on pushes only:\n  if: github.event.pull_request.head.repo.fork != true',
    });
  }
  return new FederationError(`${message}: the permission is missing`, {
    code: 'github-oidc-permission-missing',
    hint: 'Add to the job:\n  permissions:\n    id-token: write\n    contents: read\nIn a reusable workflow the calling job needs it too.',
  });
}

async function isPullRequestOfFork(env: SignInDeps['env']): Promise<boolean> {
  if (!env.GITHUB_EVENT_PATH || !env.GITHUB_EVENT_NAME?.startsWith('pull_request')) return false;
  try {
    const event = JSON.parse(await readFile(env.GITHUB_EVENT_PATH, 'utf8')) as {
      readonly pull_request?: { readonly head?: { readonly repo?: { readonly fork?: boolean } | null } };
    };
    // Without a repository the fork was deleted.
    return event.pull_request !== undefined && event.pull_request.head?.repo?.fork !== false;
  } catch {
    return false; // no event to read only makes the words less exact
  }
}
