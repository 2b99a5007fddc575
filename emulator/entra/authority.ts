import { isGuid } from '../../src/azure/index.ts';
import type { Azure } from '../azure.ts';
import type { Handler, Reply } from '../http/exchange.ts';
import { dispatch, type Route, route } from '../http/routes.ts';
import { createErrorAnswer, type Refusal, refusal } from './refusals.ts';
import { answerTokenRequest } from './token-endpoint.ts';

/** Path of the issuer that stands in for the CI system. The job signs in with its tokens. */
export const jobIssuerPath = '/job';

const emptyGuid = '00000000-0000-0000-0000-000000000000';
const domain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

const routes: readonly Route<Azure>[] = [
  route('GET', '/{tenant}/v2.0/\\.well-known/openid-configuration', ({ tenant = '' }, _, azure) => {
    if (tenant === 'organizations') return { status: 200, body: buildOrganizationsDocument(azure) };
    checkTenant(tenant, azure);
    return { status: 200, body: buildDiscoveryDocument(azure) };
  }),
  route('GET', '/{tenant}/discovery/v2.0/keys', ({ tenant = '' }, _, azure) => {
    checkTenant(tenant, azure);
    return { status: 200, body: { keys: [azure.tokens.jwk] } };
  }),
  route('POST', '/{tenant}/oauth2/v2.0/token', async ({ tenant = '' }, exchange, azure) => {
    checkTenant(tenant, azure);
    return answerTokenRequest(exchange, azure);
  }),
  route('GET', `${jobIssuerPath}/\\.well-known/openid-configuration`, (_, __, azure) => {
    const issuer = `${azure.urls.authority}${jobIssuerPath}`;
    return { status: 200, body: buildProviderDocument(issuer, `${issuer}/keys`) };
  }),
  route('GET', `${jobIssuerPath}/keys`, (_, __, azure) => ({
    status: 200,
    body: { keys: [azure.jobSigner.jwk] },
  })),
];

/** Returns the handler of the login host: discovery, keys and the token endpoint. */
export function createAuthorityHandler(azure: Azure): Handler {
  return (exchange) =>
    dispatch(routes, exchange, azure, (hasPath): Reply => ({ status: hasPath ? 405 : 404 }));
}

function checkTenant(given: string, { tenant, clock }: Azure): void {
  const wrong = findTenantRefusal(given, tenant);
  if (wrong) throw createErrorAnswer(wrong, undefined, clock.now());
}

function findTenantRefusal(given: string, tenant: Azure['tenant']): Refusal | undefined {
  const name = given.toLowerCase();
  if (name === tenant.id.toLowerCase() || name === tenant.domain.toLowerCase()) return undefined;
  if (name === emptyGuid) return refusal(900021, { tenant: given });
  return refusal(isGuid(given) || domain.test(given) ? 90002 : 900023, { tenant: given });
}

function buildDiscoveryDocument({ urls, tenant }: Azure) {
  const base = `${urls.authority}/${tenant.id}`;
  return {
    ...buildProviderDocument(`${base}/v2.0`, `${base}/discovery/v2.0/keys`),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
}

// Names no tenant: the issuer is Entra's template. Clients read it as their default authority, but get no token here.
function buildOrganizationsDocument({ urls }: Azure) {
  const base = `${urls.authority}/organizations`;
  return {
    ...buildProviderDocument(`${urls.authority}/{tenantid}/v2.0`, `${base}/discovery/v2.0/keys`),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
  };
}

function buildProviderDocument(issuer: string, keys: string) {
  return {
    issuer,
    jwks_uri: keys,
    response_types_supported: ['id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
