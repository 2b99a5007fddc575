import { randomBytes } from 'node:crypto';
import { isPermitted } from '../arm/access.ts';
import type { SecretVersion, Vault } from '../arm/resources.ts';
import { type Azure, audiences } from '../azure.ts';
import { type Caller, readBearerToken } from '../entra/access-tokens.ts';
import { type Exchange, type Handler, Refused, type Reply, readJsonObject } from '../http/exchange.ts';
import { dispatch, type Parameters, type Route, route } from '../http/routes.ts';

interface VaultContext {
  readonly azure: Azure;
  readonly vault: Vault;
  readonly caller: Caller;
}

const recoverableDays = 90;

// Clients append a slash to the name to request the newest version.
const routes: readonly Route<VaultContext>[] = [
  route('GET', '/secrets/?', list),
  route('GET', '/secrets/{name}/versions', listVersions),
  route('GET', '/secrets/{name}/?', read),
  route('GET', '/secrets/{name}/{version}', read),
  route('PUT', '/secrets/{name}/?', write),
];

/**
 * Returns the handler of one vault's data plane. Every vault has its own port, because clients parse secret
 * names from paths.
 */
export function createVaultHandler(azure: Azure, vault: Vault): Handler {
  return async (exchange) => {
    const caller = authenticate(exchange, azure);
    if (!exchange.url.searchParams.has('api-version'))
      throw vaultError(400, 'BadParameter', 'api-version must be specified');
    return dispatch(routes, exchange, { azure, vault, caller }, (hasPath) => {
      throw hasPath
        ? vaultError(405, 'MethodNotAllowed', `The emulator does not support ${exchange.method} here.`)
        : vaultError(404, 'NotFound', 'The requested resource was not found.');
    });
  };
}

function vaultError(
  status: number,
  code: string,
  message: string,
  extra: Partial<Reply> & { inner?: string } = {},
): Refused {
  const innererror = extra.inner === undefined ? {} : { innererror: { code: extra.inner } };
  return new Refused({
    status,
    headers: extra.headers ?? {},
    body: { error: { code, message, ...innererror } },
  });
}

function authenticate(exchange: Exchange, azure: Azure): Caller {
  const headers = {
    'www-authenticate': `Bearer authorization="${azure.urls.authority}/${azure.tenant.id}", resource="https://vault.azure.net"`,
  };
  const token = readBearerToken(exchange.headers.authorization);
  if (token === undefined)
    throw vaultError(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.', { headers });
  const caller = azure.tokens.check(token, audiences.vault);
  if (typeof caller !== 'string') return caller;
  const messages = {
    audience: `AKV10022: Invalid audience. Expected ${audiences.vault[0]}.`,
    expired: 'AKV10001: The token is expired.',
    malformed: 'AKV10001: Invalid token.',
    signature: 'AKV10001: The signature of the token is not valid.',
  };
  throw vaultError(401, 'Unauthorized', messages[caller], { headers });
}

function authorize({ azure, vault, caller }: VaultContext, action: string, secret?: string): void {
  const id = azure.resources.getResourceId('Microsoft.KeyVault/vaults', vault);
  const scope = secret === undefined ? id : `${id}/secrets/${secret}`;
  const permission = `Microsoft.KeyVault/vaults/secrets/${action}`;
  if (isPermitted(azure, caller.principalId, permission, scope, 'dataActions')) return;
  const lines = [
    'Caller is not authorized to perform action on resource.',
    'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
    `Caller: appid=${caller.clientId};oid=${caller.principalId};iss=${caller.issuer}`,
    `Action: '${permission}'`,
    `Resource: '${scope.toLowerCase()}'`,
    'Assignment: (not found)',
    'DenyAssignmentId: null',
    'DecisionReason: null',
    `Vault: ${vault.name};location=${vault.location}`,
  ];
  throw vaultError(403, 'Forbidden', `${lines.join('\r\n')}\r\n`, { inner: 'ForbiddenByRbac' });
}

function read({ name = '', version }: Parameters, _: Exchange, context: VaultContext): Reply {
  authorize(context, 'getSecret/action', name);
  const versions = getVersions(context, name);
  const found = version === undefined ? versions?.at(-1) : versions?.find((one) => one.version === version);
  if (!found) {
    const shown = version === undefined ? name : `${name}/${version}`;
    throw vaultError(
      404,
      'SecretNotFound',
      `A secret with (name/id) ${shown} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
    );
  }
  if (!found.enabled)
    throw vaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', {
      inner: 'SecretDisabled',
    });
  return { status: 200, body: { value: found.value, ...renderSecret(context, name, found) } };
}

async function write({ name = '' }: Parameters, exchange: Exchange, context: VaultContext): Promise<Reply> {
  authorize(context, 'setSecret/action', name);
  const body = await readJsonObject(exchange);
  if (!/^[0-9A-Za-z-]{1,127}$/.test(name) || typeof body?.value !== 'string')
    throw vaultError(
      400,
      'BadParameter',
      'A secret needs a name of letters, digits and dashes, and a value.',
    );
  const version = createSecretVersion(body.value, context.azure.clock.now());
  setSecret(context.vault, name, version);
  return { status: 200, body: { value: version.value, ...renderSecret(context, name, version) } };
}

function list(_: Parameters, __: Exchange, context: VaultContext): Reply {
  authorize(context, 'readMetadata/action');
  const value = [...context.vault.secrets].map(([name, versions]) => {
    const newest = versions.at(-1) as SecretVersion;
    return { ...renderSecret(context, name, newest), id: `${getUrl(context)}/secrets/${name}` };
  });
  return { status: 200, body: { value, nextLink: null } };
}

function listVersions({ name = '' }: Parameters, _: Exchange, context: VaultContext): Reply {
  authorize(context, 'readMetadata/action', name);
  const value = (getVersions(context, name) ?? []).map((version) => renderSecret(context, name, version));
  return { status: 200, body: { value, nextLink: null } };
}

/** Creates a version of a secret. `now` is in seconds. */
export function createSecretVersion(value: string, now: number): SecretVersion {
  return {
    version: randomBytes(16).toString('hex'),
    value,
    contentType: undefined,
    enabled: true,
    tags: {},
    created: Math.floor(now),
  };
}

/** Adds a version to a secret of a vault. Names of secrets are not case-sensitive. */
export function setSecret(vault: Vault, name: string, version: SecretVersion): void {
  const known = [...vault.secrets.keys()].find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
  vault.secrets.set(known, [...(vault.secrets.get(known) ?? []), version]);
}

function getVersions({ vault }: VaultContext, name: string): readonly SecretVersion[] | undefined {
  for (const [known, versions] of vault.secrets)
    if (known.toLowerCase() === name.toLowerCase()) return versions;
  return undefined;
}

function renderSecret(context: VaultContext, name: string, secret: SecretVersion) {
  return {
    ...(secret.contentType === undefined ? {} : { contentType: secret.contentType }),
    id: `${getUrl(context)}/secrets/${name}/${secret.version}`,
    attributes: {
      enabled: secret.enabled,
      created: secret.created,
      updated: secret.created,
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays,
    },
    tags: secret.tags,
  };
}

function getUrl({ azure, vault }: VaultContext): string {
  return azure.urls.vaults.get(vault.name) ?? '';
}
