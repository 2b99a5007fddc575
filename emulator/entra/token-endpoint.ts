import { verify } from 'node:crypto';
import { isGuid } from '../../src/azure/index.ts';
import { type Azure, audiences } from '../azure.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { isSameId } from '../items.ts';
import { accessTokenSeconds, removeSlash } from './access-tokens.ts';
import { type Assertion, readAssertion } from './assertion.ts';
import type { ServicePrincipal } from './directory.ts';
import { matchCredential } from './federation.ts';
import type { ProviderKey } from './issuer-documents.ts';
import { createErrorAnswer, type Refusal, type RefusalCode, refusal } from './refusals.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The refusals that are cached: those that a write in the directory can change. */
const cachedCodes: readonly RefusalCode[] = [700016, 7000229, 7000226, 700211, 700212, 700213, 7002138];

interface TokenRequest {
  readonly clientId: string;
  readonly resource: string;
  readonly assertion: string;
}

/** Answers a client credentials request with a federated assertion. Unknown fields are ignored. */
export async function answerTokenRequest(exchange: Exchange, azure: Azure): Promise<Reply> {
  const form = new URLSearchParams(await exchange.text());
  const outcome = await grant(form, azure);
  if ('code' in outcome)
    throw createErrorAnswer(outcome, readCorrelationId(exchange, form), azure.clock.now());
  const { principal, resource } = outcome;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: accessTokenSeconds,
      ext_expires_in: accessTokenSeconds,
      access_token: azure.tokens.issue({ clientId: principal.appId, principalId: principal.id }, resource),
    },
  };
}

interface Grant {
  readonly principal: ServicePrincipal;
  readonly resource: string;
}

// The order of the checks is the emulator's own, because that of Entra ID is not documented.
async function grant(form: URLSearchParams, azure: Azure): Promise<Grant | Refusal> {
  const asked = readRequest(form);
  if ('code' in asked) return asked;
  const assertion = readAssertion(asked.assertion);
  if ('code' in assertion) return assertion;
  if (isIssuedByEntra(assertion.issuer, azure)) return refusal(700222, { issuer: assertion.issuer });
  const known = cacheRefusal(azure, asked, assertion, () => lookUp(azure, asked, assertion));
  if ('code' in known) return known;
  const keys = await azure.documents.getKeys(assertion.issuer);
  if ('code' in keys) return keys;
  const wrong = checkSignature(assertion, keys) ?? checkTime(assertion, azure.clock.now());
  if (wrong) return wrong;
  return isResource(asked.resource, azure)
    ? { principal: known, resource: asked.resource }
    : refusal(500011, { resource: asked.resource, tenant: azure.tenant.id });
}

function readRequest(form: URLSearchParams): TokenRequest | Refusal {
  const needed = (name: string) => form.get(name) || refusal(900144, { name });
  const grantType = needed('grant_type');
  if (typeof grantType !== 'string') return grantType;
  if (grantType !== 'client_credentials') return refusal(70003, { grant: grantType });
  const clientId = needed('client_id');
  if (typeof clientId !== 'string') return clientId;
  const scope = needed('scope');
  if (typeof scope !== 'string') return scope;
  const resource = readResource(scope);
  if (typeof resource !== 'string') return resource;
  const assertion = form.get('client_assertion');
  const secret = form.get('client_secret');
  if (assertion && secret) return refusal(9002324);
  if (secret) return refusal(7000215, { client: clientId });
  if (!assertion) return refusal(7000216);
  const type = needed('client_assertion_type');
  if (typeof type !== 'string') return type;
  if (type !== assertionType) return refusal(9002313);
  return { clientId, resource, assertion };
}

/** Scopes of OpenID Connect, which MSAL for Go and Java send with the resource. Entra ID ignores them here. */
const openIdScopes: readonly string[] = ['openid', 'profile', 'offline_access', 'email'];

function readResource(scope: string): string | Refusal {
  const scopes = scope.split(' ').filter((one) => one !== '' && !openIdScopes.includes(one));
  const [only, ...others] = scopes;
  if (only === undefined || others.length > 0) return refusal(70011, { scope });
  if (!only.endsWith('/.default')) return refusal(1002012, { scope: only });
  const resource = only.slice(0, -'/.default'.length);
  return /^([a-z]+:\/\/\S+|[0-9a-f-]{36})$/i.test(resource) ? resource : refusal(70011, { scope });
}

function isIssuedByEntra(issuer: string, { urls, tenant }: Azure): boolean {
  return (
    /^https:\/\/(login\.microsoftonline\.com|login\.windows\.net|login\.microsoft\.com|sts\.windows\.net)\//.test(
      issuer,
    ) || issuer.startsWith(`${urls.authority}/${tenant.id}/`)
  );
}

/** Returns the service principal that the assertion matches, considering only what has propagated. */
function lookUp(azure: Azure, { clientId }: TokenRequest, assertion: Assertion): ServicePrincipal | Refusal {
  const { directory, tenant, behaviour, clock } = azure;
  const { application, servicePrincipal, federatedCredential } = behaviour.propagationSeconds;
  const now = clock.now();
  const owner = isGuid(clientId) ? directory.findOwner(clientId) : undefined;
  if (!owner || now < owner.createdAt + application)
    return refusal(700016, { client: clientId, tenant: tenant.id });
  const principal = directory.findPrincipal(clientId);
  if (!principal || now < principal.createdAt + servicePrincipal)
    return refusal(7000229, { client: clientId, tenant: tenant.id });
  if (!principal.properties.accountEnabled) return refusal(7000112, { client: clientId });
  return (
    matchCredential(owner.credentials.getAt(now - federatedCredential), assertion, clientId) ?? principal
  );
}

function cacheRefusal(
  azure: Azure,
  { clientId }: TokenRequest,
  { issuer, subject, audiences: asked }: Assertion,
  look: () => ServicePrincipal | Refusal,
): ServicePrincipal | Refusal {
  const key = JSON.stringify([clientId.toLowerCase(), issuer, subject, asked]);
  const now = azure.clock.now();
  const kept = azure.refused.get(key);
  if (kept && now < kept.until) return kept.refusal;
  const outcome = look();
  if ('code' in outcome && cachedCodes.includes(outcome.code))
    azure.refused.set(key, { until: now + azure.behaviour.negativeCacheSeconds, refusal: outcome });
  return outcome;
}

function checkSignature(assertion: Assertion, keys: readonly ProviderKey[]): Refusal | undefined {
  const { keyId, thumbprint, issuer, signedContent, signature } = assertion;
  const found = keys.find(
    (one) =>
      (keyId !== undefined && one.keyId === keyId) ||
      (thumbprint !== undefined && one.thumbprint === thumbprint),
  );
  const shown = Buffer.from(keyId ?? thumbprint ?? '', 'base64url')
    .toString('hex')
    .toUpperCase();
  if (!found) {
    const published = keys.map((one) => one.keyId ?? '(no kid)').join(', ') || 'none';
    return refusal(
      7000272,
      { thumbprint: shown, issuer },
      `the token has kid ${keyId}, published are: ${published}`,
    );
  }
  return verify('sha256', signedContent, found.key, signature)
    ? undefined
    : refusal(7000274, { thumbprint: shown, issuer });
}

function checkTime({ notBefore, expires }: Assertion, now: number): Refusal | undefined {
  if (notBefore <= now && now < expires) return undefined;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  return refusal(700024, { now: iso(now), from: iso(notBefore), to: iso(expires) });
}

function isResource(resource: string, { directory, urls }: Azure): boolean {
  const name = removeSlash(resource);
  if (name === removeSlash(urls.graph)) return true;
  if (Object.values(audiences).some((known) => (known as readonly string[]).includes(name))) return true;
  if (/^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net$/.test(name)) return true;
  return directory.servicePrincipals.some(({ appId, deletedAt }) => {
    if (deletedAt !== undefined) return false;
    const application = directory.applications.find((one) => isSameId(one.clientId, appId));
    const uris = application?.properties.identifierUris;
    return isSameId(appId, name) || (Array.isArray(uris) && uris.includes(resource));
  });
}

function readCorrelationId(exchange: Exchange, form: URLSearchParams): string | undefined {
  const header = exchange.headers['client-request-id'];
  const given = [exchange.url.searchParams.get('client-request-id'), header, form.get('client-request-id')];
  return given.find((one): one is string => typeof one === 'string' && isGuid(one));
}
