import {
  findEntraRefusal,
  isEntraUnreachable,
  readAadstsNumbers,
  readEntraAnswer,
  readTenantRefusal,
  type Settling,
} from '../../azure/index.ts';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import { getKeyId } from '../../issuer/index.ts';
import type { Context } from '../context.ts';
import { fetchDiscovery, fetchKeys } from '../facts/documents.ts';
import { type BreakDetails, CheckFailedError } from '../refusals/check-failed-error.ts';
import { diagnoseCredentials } from '../refusals/credential.ts';

/** What the diagnosis of an exchange looks at. */
export type ExchangeContext = Pick<Context, 'deps' | 'environment' | 'facts' | 'inputs'>;

/** Tells whether a refusal of the token endpoint may go away by itself, judging by the rest of the chain. */
export async function mayExchangeSettle(context: ExchangeContext, error: unknown): Promise<boolean> {
  const settles = findEntraRefusal(readAadstsNumbers(errorMessage(error)))?.settles;
  return settles !== undefined && looksRight[settles](context);
}

// "Not yet" is believed only if this job can see nothing wrong with the link in question.
const looksRight: Readonly<Record<Settling, (context: ExchangeContext) => Promise<boolean>>> = {
  credential: async ({ facts }) => (await findCredentialProblem(facts)) === undefined,
  keys: async (context) => {
    const [token, published] = [
      await context.facts.token(),
      await readKeyIds(context).catch(() => undefined),
    ];
    return token !== undefined && published?.includes(token.keyId) === true;
  },
  documents: async (context) => (await findDocumentProblem(context)) === undefined,
  identity: async ({ facts }) => (await facts.credentials()).kind !== 'no-identity',
  outage: async () => true,
};

/** Diagnoses a failed exchange: by what differs along the chain, otherwise by the AADSTS code. */
export async function diagnoseExchange(context: ExchangeContext, error: unknown): Promise<FederationError> {
  if (error instanceof FederationError) return error;
  const { deps, environment, inputs } = context;
  const given = errorMessage(error);
  const tenantUrl = `${environment.authority}/${inputs.tenantId}`;
  const message = (await readTenantRefusal(given, tenantUrl, deps)) ?? given;
  const answer = readEntraAnswer(message);
  const row = findEntraRefusal(readAadstsNumbers(message));
  const details = { answer, cause: error };
  if (row === undefined) return new CheckFailedError(classifyUnknown(error, message), {}, details);
  const problem = await findProblem(context, row.settles, details);
  if (problem) return problem;
  const isRight = row.settles !== undefined && (await looksRight[row.settles](context));
  return new CheckFailedError(
    row.workload,
    { problem: 'Entra ID does not know it in this cloud' },
    { ...details, ...(isRight && { waitedSeconds: inputs.timeout }) },
  );
}

async function findProblem(
  context: ExchangeContext,
  settles: Settling | undefined,
  details: BreakDetails,
): Promise<FederationError | undefined> {
  if (settles === 'credential' || settles === 'identity')
    return findCredentialProblem(context.facts, details);
  return settles === 'documents' ? findDocumentProblem(context) : undefined;
}

async function findCredentialProblem(
  facts: Context['facts'],
  details?: BreakDetails,
): Promise<CheckFailedError | undefined> {
  const known = await facts.credentials();
  const token = await facts.token();
  if (known.kind === 'unreadable' || token === undefined) return undefined;
  const { issuer, subject, audiences } = token;
  return diagnoseCredentials({ issuer, subject, audience: audiences.join(' ') }, known, details);
}

async function findDocumentProblem(
  context: Pick<Context, 'deps' | 'inputs'>,
): Promise<FederationError | undefined> {
  try {
    await readKeyIds(context);
    return undefined;
  } catch (error) {
    if (error instanceof FederationError) return error;
    throw error;
  }
}

// Not from the facts: what was published a minute ago may have changed since.
async function readKeyIds({ inputs, deps }: Pick<Context, 'deps' | 'inputs'>): Promise<readonly string[]> {
  const discovery = await fetchDiscovery(inputs.issuerUrl, deps);
  if (discovery.failure) throw discovery.failure;
  const { keys } = (await fetchKeys(discovery, deps)).content;
  return keys.map((key) => getKeyId(key) ?? '');
}

function classifyUnknown(error: unknown, message: string): 'entra-unreachable' | 'exchange-refused' {
  const cause = error instanceof Error ? errorCode(error.cause) : undefined;
  return isEntraUnreachable(`${message} ${cause ?? ''}`) ? 'entra-unreachable' : 'exchange-refused';
}
