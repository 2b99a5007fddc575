import { randomUUID } from 'node:crypto';
import { Refused } from '../http/exchange.ts';

interface Row {
  readonly status: 400 | 401;
  readonly error: string;
  /** A template with placeholders such as `{name}`. */
  readonly text: string;
  /** Whether answers link to the error page of the login service, because it knows the code. */
  readonly page?: true;
}

const federationGuide = 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
const noMatch = (what: string, name: string) =>
  `No matching federated identity record found for presented assertion ${what} '{${name}}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federationGuide}`;

/** All refusals of the token endpoint: AADSTS number, HTTP status, OAuth error and text. */
export const refusals = {
  // The request.
  900144: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "The request body must contain the following parameter: '{name}'.",
  },
  9002313: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: 'Invalid request. Request is malformed or invalid.',
  },
  70003: {
    status: 400,
    error: 'unsupported_grant_type',
    page: true,
    text: "The app requested an unsupported grant type '{grant}'.",
  },
  7000216: {
    status: 401,
    error: 'invalid_client',
    page: true,
    text: "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  },
  9002324: {
    status: 400,
    error: 'invalid_request',
    text: 'The request holds more than one client credential. Send exactly one of client_assertion and client_secret.',
  },
  7000215: {
    status: 401,
    error: 'invalid_client',
    page: true,
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.",
  },
  // The tenant.
  90002: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  },
  900023: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  },
  900021: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "Requested tenant identifier '{tenant}' is not valid. Tenant identifiers may not be an empty GUID.",
  },
  // The scope.
  70011: {
    status: 400,
    error: 'invalid_scope',
    page: true,
    text: "The provided value for the input parameter 'scope' isn't valid. The scope '{scope}' is not one resource.",
  },
  1002012: {
    status: 400,
    error: 'invalid_scope',
    page: true,
    text: 'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  },
  500011: {
    status: 400,
    error: 'invalid_resource',
    page: true,
    text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  // The assertion by itself.
  50027: { status: 400, error: 'invalid_request', page: true, text: 'JWT token is invalid or malformed.' },
  5002738: {
    status: 401,
    error: 'invalid_client',
    text: "Invalid JWT token. '{alg}' is not a supported signature algorithm. Supported signing algorithms are: 'RS256, RS384, RS512'.",
  },
  5002727: {
    status: 400,
    error: 'invalid_request',
    text: "Invalid JWT header type specified. Allowed types: 'JWT','http://openid.net/specs/jwt/1.0'.",
  },
  5002723: {
    status: 401,
    error: 'invalid_client',
    text: 'Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.',
  },
  90014: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "The required field '{field}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
  },
  700222: {
    status: 401,
    error: 'invalid_client',
    text: "AAD-issued tokens may not be used for federated identity flows. The assertion's issuer is '{issuer}'.",
  },
  // Application and account.
  700016: {
    status: 400,
    error: 'unauthorized_client',
    page: true,
    text: "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  7000229: {
    status: 401,
    error: 'invalid_client',
    page: true,
    text: 'The client application {client} is missing service principal in the tenant {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119',
  },
  7000112: {
    status: 401,
    error: 'unauthorized_client',
    page: true,
    text: "Application '{client}' is disabled.",
  },
  // The federated credential.
  7000226: {
    status: 401,
    error: 'invalid_client',
    text: 'No federated identity credential policy found on application ({client}). The client_assertion used to authenticate the request does not match the subject or application being requested. Ensure that the application has a federated identity credential.',
  },
  700211: { status: 401, error: 'invalid_client', text: noMatch('issuer', 'issuer') },
  700213: { status: 401, error: 'invalid_client', text: noMatch('subject', 'subject') },
  700212: { status: 401, error: 'invalid_client', text: noMatch('audience', 'audience') },
  7002138: {
    status: 401,
    error: 'invalid_client',
    text: `No matching federated identity record found for presented assertion subject '{subject}'. A federated identity credential with a subject that differs only in case was found: subjects are compared case-sensitively. ${federationGuide}`,
  },
  // The provider's documents.
  501661: { status: 400, error: 'invalid_request', text: 'Request to External OIDC endpoint failed.' },
  900612: { status: 400, error: 'invalid_request', text: 'Failed to parse provider signing keys.' },
  70024: {
    status: 400,
    error: 'invalid_request',
    page: true,
    text: "OIDC Provider Metadata missing required field '{field}'.",
  },
  // Key, signature, time.
  7000272: {
    status: 401,
    error: 'invalid_client',
    page: true,
    text: "The certificate with identifier {thumbprint} used to sign the federated credential could not be found in the metadata of identity provider {issuer}. Please validate that your Identity Provider's metadata exposes the key used to sign the incoming token.",
  },
  7000274: {
    status: 401,
    error: 'invalid_client',
    text: 'The signature of the federated credential could not be verified with the key {thumbprint} of identity provider {issuer}.',
  },
  700024: {
    status: 401,
    error: 'invalid_client',
    page: true,
    text: 'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {to}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials',
  },
} as const satisfies Readonly<Record<number, Row>>;

export type RefusalCode = keyof typeof refusals;

/** A refusal as data, so that it can be cached and repeated. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly values: Readonly<Record<string, string>>;
  /** What Entra ID does not tell. It becomes `emulator_note` of the answer. */
  readonly note?: string | undefined;
}

/** Creates a refusal from the table. */
export function refusal(code: RefusalCode, values: Refusal['values'] = {}, note?: string): Refusal {
  return { code, values, note };
}

/** Creates the answer for a refusal. `now` is in seconds. */
export function createErrorAnswer(
  { code, values, note }: Refusal,
  correlationId: string | undefined,
  now: number,
): Refused {
  const row: Row = refusals[code];
  const text = row.text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const timestamp = `${new Date(now * 1000).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trace = randomUUID();
  const correlation = correlationId ?? randomUUID();
  return new Refused({
    status: row.status,
    body: {
      error: row.error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [Number(code)],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      ...(row.page ? { error_uri: `https://login.microsoftonline.com/error?code=${code}` } : {}),
      ...(note === undefined ? {} : { emulator_note: note }),
    },
  });
}
