import {
  isEntraUnreachable,
  readAadstsNumbers,
  readEntraAnswer,
  readTenantRefusal,
  type Settling,
} from '../../azure/index.ts';
import { errorCode, errorMessage } from '../../errors/index.ts';
import type { Context } from '../context.ts';
import { fetchDiscovery, fetchKeys } from '../facts/documents.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { findWorkloadRefusal, type WorkloadRefusal } from '../refusals/entra-codes.ts';
import { credentialFault } from './credential.ts';

/** What the diagnosis of an exchange looks at. */
export type ExchangeContext = Pick<Context, 'deps' | 'environment' | 'facts' | 'inputs'>;

/** Whether a refusal of the token endpoint can pass by itself, by what the rest of the chain looks like. */
export async function maySettle(context: ExchangeContext, numbers: readonly number[]): Promise<boolean> {
  const settles = findWorkloadRefusal(numbers)?.settles;
  return settles !== undefined && looksRight[settles](context);
}

// "Not yet" is believed only where the link in question is right as far as can be seen from here.
const looksRight: Readonly<Record<Settling, (context: ExchangeContext) => Promise<boolean>>> = {
  credential: async (context) => (await credentialProblem(context)) === undefined,
  keys: async (context) => {
    const [token, published] = [await context.facts.token(), await currentKeys(context)];
    return token !== undefined && published?.includes(token.keyId) === true;
  },
  documents: async (context) => (await currentKeys(context)) !== undefined,
  identity: async (context) => (await context.facts.credentials()).kind !== 'no-identity',
  outage: async () => true,
};

/** The one cause of a failed exchange: what differs along the chain first, the table's word on the AADSTS code otherwise. */
export async function diagnoseExchange(context: ExchangeContext, error: unknown): Promise<CheckFailedError> {
  const message = await wordsOf(context, error);
  const numbers = readAadstsNumbers(message);
  const row = findWorkloadRefusal(numbers);
  if (row === undefined) return unknownRefusal(error, message, numbers);
  const fault = row.settles && (await problemBehind(context, row));
  const answer = readEntraAnswer(message);
  if (fault) return new CheckFailedError({ ...fault.diagnosis, answer, raised: error });
  const settled = row.settles !== undefined && (await looksRight[row.settles](context));
  return new CheckFailedError({
    code: row.code,
    cause: settled
      ? `${row.cause}; as far as this job can see it is right, so it may need more time (${context.inputs.timeout} s were waited for)`
      : row.cause,
    change: settled
      ? `Run again in some minutes, or raise the input timeout. If it stays: ${row.change}`
      : row.change,
    answer,
    fault: row.settles === 'outage' ? 'service' : 'user',
    raised: error,
  });
}

// Where the tenant's endpoints are refused, the client keeps the login host's own words to itself.
async function wordsOf({ deps, environment, inputs }: ExchangeContext, error: unknown): Promise<string> {
  const message = errorMessage(error);
  const tenantUrl = `${environment.authority}/${inputs.tenantId}`;
  return (await readTenantRefusal(message, tenantUrl, deps)) ?? message;
}

async function problemBehind(
  context: ExchangeContext,
  row: WorkloadRefusal,
): Promise<CheckFailedError | undefined> {
  if (row.settles === 'credential' || row.settles === 'identity') return credentialProblem(context);
  if (row.settles !== 'documents') return undefined;
  try {
    await readDocuments(context);
    return undefined;
  } catch (error) {
    if (error instanceof CheckFailedError) return error;
    throw error;
  }
}

async function credentialProblem({ facts }: Pick<Context, 'facts'>): Promise<CheckFailedError | undefined> {
  const known = await facts.credentials();
  const token = await facts.token();
  if (known.kind === 'unreadable' || token === undefined) return undefined;
  const { issuer, subject, audiences } = token;
  return credentialFault({ issuer, subject, audience: audiences.join(' ') }, known);
}

// Read anew: what was published a minute ago may have changed since.
async function readDocuments({ inputs, deps }: Pick<Context, 'deps' | 'inputs'>): Promise<readonly string[]> {
  const { fields } = await fetchDiscovery(inputs.issuerUrl, deps);
  const { keys } = await fetchKeys(String(fields.jwks_uri), deps);
  return keys.map(({ kid }) => kid);
}

function currentKeys(context: Pick<Context, 'deps' | 'inputs'>): Promise<readonly string[] | undefined> {
  return readDocuments(context).catch(() => undefined);
}

function unknownRefusal(error: unknown, message: string, numbers: readonly number[]): CheckFailedError {
  const cause = error instanceof Error ? error.cause : undefined;
  const isNetwork = isEntraUnreachable(`${message} ${errorCode(cause) ?? ''}`);
  return new CheckFailedError({
    code: isNetwork ? 'entra-unreachable' : 'exchange-refused',
    cause: isNetwork
      ? 'the login host of the cloud cannot be reached from here'
      : `Entra ID refuses the token${numbers.length > 0 ? ` with AADSTS${numbers.join(', ')}` : ''}`,
    change: isNetwork
      ? 'See azure-environment, and whether a proxy or firewall stands before the login host.'
      : 'See the answer; login.microsoftonline.com/error explains the code.',
    answer: readEntraAnswer(message),
    fault: isNetwork ? 'service' : 'user',
    raised: error,
  });
}
