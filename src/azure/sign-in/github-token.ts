import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { retry, retryAfterSeconds } from '../../runtime/index.ts';
import type { AzureEnvironment } from '../environment.ts';
import type { SignInDeps } from './deps.ts';

/** Returns whether GitHub offers the job an OIDC token. */
export function hasGitHubToken(env: SignInDeps['env']): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

/** The endpoint of GitHub answered with a failure. */
class TokenEndpointError extends Error {
  readonly status: number;
  readonly afterSeconds: number | undefined;
  constructor(status: number, afterSeconds: number | undefined) {
    super(`HTTP ${status}`);
    this.status = status;
    this.afterSeconds = afterSeconds;
  }
}

/**
 * Returns a new OIDC token of the job for Entra ID. It is valid for about five minutes, so each sign-in fetches its own.
 * Throws FederationError `github-oidc-failed`.
 */
export async function fetchGitHubToken(environment: AzureEnvironment, deps: SignInDeps): Promise<string> {
  const policy = {
    what: 'the OIDC endpoint of GitHub to answer',
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
    throw new FederationError('github-oidc-failed', { problem: errorMessage(error) }, { cause: error });
  }
}

const tokenSchema = v.object({ value: v.pipe(v.string(), v.nonEmpty()) });

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
  const { value } = v.parse(tokenSchema, JSON.parse(answer), { message: 'the answer contains no token' });
  return value;
}

/** Creates the error that says why GitHub offers the job no token. */
export async function createMissingTokenError(env: SignInDeps['env']): Promise<FederationError> {
  if (env.GITHUB_ACTIONS !== 'true') return new FederationError('github-oidc-unavailable', {});
  const code = (await isPullRequestOfFork(env)) ? 'github-oidc-fork' : 'github-oidc-permission-missing';
  return new FederationError(code, {});
}

const eventSchema = v.object({
  pull_request: v.object({ head: v.object({ repo: v.nullish(v.object({ fork: v.boolean() })) }) }),
});

async function isPullRequestOfFork(env: SignInDeps['env']): Promise<boolean> {
  if (!env.GITHUB_EVENT_PATH || !env.GITHUB_EVENT_NAME?.startsWith('pull_request')) return false;
  try {
    const event = v.parse(eventSchema, JSON.parse(await readFile(env.GITHUB_EVENT_PATH, 'utf8')));
    // The repository is missing if the fork was deleted.
    return event.pull_request.head.repo?.fork !== false;
  } catch {
    return false; // without the event, the error is only less exact
  }
}
