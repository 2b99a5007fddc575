import { readFileSync } from 'node:fs';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import type { AzureInputs } from '../../src/azure/index.ts';
import { connectAzure } from '../../src/azure/sign-in/index.ts';
import type { Deps } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

/** GitHub's token endpoint; `answers` are given first, then tokens. */
export interface GitHub {
  readonly url: string;
  /** For whom it gave tokens. */
  readonly audiences: string[];
  readonly answers: { readonly status: number; readonly retryAfter?: number }[];
  close(): Promise<void>;
}

/** A job of GitHub Actions and an Azure emulator that trusts it. */
export interface EmulatedJob {
  readonly place: Workshop;
  readonly emulator: Emulator;
  readonly github: GitHub;
  /** The environment of a job with `id-token: write`. */
  readonly githubEnv: Readonly<Record<string, string>>;
  /** Inputs that name the tenant and the job's application in it. */
  inputs(overrides?: Partial<AzureInputs>): AzureInputs;
  close(): Promise<void>;
}

export async function openJob(): Promise<EmulatedJob> {
  const place = workshop();
  const emulator = await startEmulator({ directory: place.folder, storage: false });
  const github = await serveGitHub(emulator);
  return {
    place,
    emulator,
    github,
    githubEnv: {
      GITHUB_ACTIONS: 'true',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    },
    inputs: (overrides = {}) => ({
      azureEnvironment: emulator.environmentFile,
      azureClientId: emulator.jobClientId,
      azureTenantId: emulator.tenantId,
      ...overrides,
    }),
    close: async () => {
      await github.close();
      await emulator.close();
      place.remove();
    },
  };
}

async function serveGitHub(emulator: Emulator): Promise<GitHub> {
  const { iss, sub } = readClaims(readFileSync(emulator.jobTokenFile, 'utf8'));
  const audiences: string[] = [];
  const answers: GitHub['answers'] = [];
  const server = await serve((request, response) => {
    const answer = answers.shift();
    if (answer) {
      response.writeHead(answer.status, { 'retry-after': String(answer.retryAfter ?? 0) }).end();
      return;
    }
    if (request.headers.authorization !== 'Bearer request-token') {
      response.writeHead(401).end();
      return;
    }
    const audience = new URL(request.url ?? '', 'http://github').searchParams.get('audience') ?? '';
    audiences.push(audience);
    const now = Math.floor(Date.now() / 1000);
    const token = { iss, sub, aud: audience, iat: now, nbf: now, exp: now + 300, jti: String(now) };
    response.end(JSON.stringify({ value: emulator.azure.jobSigner.sign(token) }));
  });
  return { ...server, audiences, answers };
}

/** Returns the claims of a JWT without verifying it. */
export function readClaims(token: string): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** Gets a token for Graph. */
export async function signIn(deps: Deps, given: AzureInputs) {
  const azure = await connectAzure(given, deps);
  return azure.credential.getToken(`${azure.environment.graphAudience}/.default`);
}

/** Returns why a sign-in fails; undefined if it succeeds. */
export function findFailure(deps: Partial<Deps>, given: AzureInputs): Promise<unknown> {
  return signIn(testDeps(deps), given).then(
    () => undefined,
    (error: unknown) => error,
  );
}
