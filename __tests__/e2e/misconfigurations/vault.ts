import { type Misconfiguration, withInput } from './world.ts';

const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';
const reader = '21090545-7ca7-4776-b22c-e363652d74d2';
const role = /"Key Vault Secrets User".*federate-app/;

/** Misconfigurations of the vault: name, network, role, secret. */
export const vaultRows: readonly Misconfiguration[] = [
  {
    what: 'the identity has no role',
    how: (world) => world.roles([]),
    at: 'key-vault-read',
    code: 'vault-role-missing',
    advice: role,
  },
  {
    what: 'the role of the identity does not include secrets',
    how: (world) => world.roles([{ role: reader }]),
    at: 'key-vault-read',
    code: 'vault-role-missing',
    advice: role,
  },
  {
    what: 'the role of the identity is assigned on a different secret',
    how: (world) => world.roles([{ role: secretsUser, below: '/secrets/another' }]),
    at: 'key-vault-read',
    code: 'vault-role-missing',
    advice: role,
  },
  {
    what: 'the role was assigned a moment ago',
    how: (world) => {
      world.roles([{ role: secretsUser }]);
      world.answer({ service: 'vault', path: '/secrets/', status: 403, body: forbidden(world) });
      return { timeout: '1s' };
    },
    at: 'key-vault-read',
    code: 'vault-role-not-yet',
    advice: /ten minutes/,
  },
  {
    what: 'the vault uses access policies',
    how: (world) =>
      world.answer({
        service: 'vault',
        path: '/secrets/',
        status: 403,
        body: refusal(
          'Forbidden',
          'AccessDenied',
          'The user, group or application does not have secrets get permission on key vault.',
        ),
      }),
    at: 'key-vault-read',
    code: 'vault-access-policy-missing',
    advice: /set-policy/,
  },
  {
    what: 'the firewall of the vault blocks the runner',
    how: (world) =>
      world.answer({
        service: 'vault',
        path: '/secrets/',
        status: 403,
        body: refusal(
          'Forbidden',
          'ForbiddenByFirewall',
          'Client address is not authorized and caller is not a trusted service.',
        ),
      }),
    at: 'key-vault-read',
    code: 'vault-firewall',
    advice: /network of the runner/,
  },
  {
    what: 'the vault belongs to another tenant',
    how: (world) =>
      world.answer({
        service: 'vault',
        path: '/secrets/',
        status: 401,
        body: refusal(
          'Unauthorized',
          '',
          'AKV10032: Invalid issuer. Expected one of https://sts.windows.net/other/.',
        ),
      }),
    at: 'key-vault-read',
    code: 'vault-of-another-tenant',
    advice: /same tenant/,
  },
  {
    what: 'the vault is busy',
    how: (world) => {
      world.answer({
        service: 'vault',
        path: '/secrets/',
        status: 429,
        body: refusal('Throttled', '', 'Too many requests.'),
      });
      return { timeout: '1s' };
    },
    at: 'key-vault-read',
    code: 'vault-busy',
    advice: /later/,
  },
  {
    what: 'the secret does not exist',
    how: () => ({ 'secret-name': 'hello-secret' }),
    at: 'key-vault-read',
    code: 'secret-missing',
    advice: /secret-name/,
  },
  {
    what: 'the secret is disabled',
    how: (world) => world.disableSecret(),
    at: 'key-vault-read',
    code: 'secret-disabled',
    advice: /--enabled true/,
  },
  {
    what: 'the vault does not exist',
    how: () => ({ 'key-vault-url': 'https://no-such-vault.invalid' }),
    at: 'key-vault-read',
    code: 'vault-unknown',
    advice: /key-vault-url/,
  },
  {
    what: 'key-vault-url has the wrong port',
    how: withInput('key-vault-url', (url) => url.replace(/:\d+$/, ':1')),
    at: 'key-vault-read',
    code: 'vault-unreachable',
    advice: /firewall or proxy/,
  },
];

function refusal(code: string, inner: string, message: string): object {
  return { error: { code, message, ...(inner !== '' && { innererror: { code: inner } }) } };
}

// In the words of the vault, with the caller and the resource that identify the role assignment.
function forbidden({ chain: { emulator, inputs } }: Parameters<Misconfiguration['how']>[0]): object {
  const { resources, directory } = emulator.azure;
  const [vault] = resources.vaults;
  const id = vault ? resources.getResourceId('Microsoft.KeyVault/vaults', vault) : '';
  const oid = directory.findPrincipal(inputs['client-id'] ?? '')?.id;
  return refusal(
    'Forbidden',
    'ForbiddenByRbac',
    `Caller is not authorized to perform action on resource.\r\nCaller: appid=${inputs['client-id']};oid=${oid};iss=x\r\nResource: '${id.toLowerCase()}/secrets/hellosecret'\r\n`,
  );
}
