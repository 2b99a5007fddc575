// Entra refuses assertions that Entra itself issued (AADSTS700222).
const entraHosts = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
];

/** Longest issuer, subject, audience and description that a federated credential may hold, in characters. */
export const longestField = 600;

/** Checks an issuer as Entra will compare it, byte by byte. Throws `Error` that says what to write. */
export function parseIssuer(value: string): string {
  if (!URL.canParse(value))
    throw new Error('write the whole URL, such as https://account.blob.core.windows.net/oidc/');
  const url = new URL(value);
  if (url.protocol !== 'https:')
    throw new Error('write an https URL: Entra reads the documents over https only');
  if (/\s/.test(value)) throw new Error('take the white space out: Entra stores it and then nothing matches');
  if (url.search !== '' || url.hash !== '')
    throw new Error('take the query and the fragment out: an issuer has neither');
  if (/[A-Z]/.test(value.slice(0, 'https://'.length + url.host.length)))
    throw new Error(
      'write scheme and host in lower case, as the tokens have them: Entra compares byte by byte',
    );
  if (value.replace(/^https:\/\//, '').includes('//')) throw new Error('take the double slash out');
  if (entraHosts.includes(url.hostname))
    throw new Error('Entra does not accept its own tokens for federation');
  if (value.length > longestField) throw new Error(`write at most ${longestField} characters`);
  return value;
}

/** Checks an audience. Throws `Error` that says what to write. */
export function parseAudience(value: string): string {
  if (/\s/.test(value)) throw new Error('write exactly one audience, without white space');
  if (value.length > longestField) throw new Error(`write at most ${longestField} characters`);
  const known = /^api:\/\/AzureADTokenExchange(USGov|China)?$/i.exec(value);
  const exact = [
    'api://AzureADTokenExchange',
    'api://AzureADTokenExchangeUSGov',
    'api://AzureADTokenExchangeChina',
  ];
  if (known && !exact.includes(value)) {
    const meant = exact.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
    throw new Error(`write ${meant}: upper and lower case count`);
  }
  return value;
}
