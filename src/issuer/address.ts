/** Paths of the two documents of an issuer. */
export const documentPaths = {
  discovery: '.well-known/openid-configuration',
  jwks: 'openid/v1/jwks',
} as const;

export type DocumentName = keyof typeof documentPaths;

/** Longest issuer that a federated identity credential may hold, in characters. */
const longestIssuer = 600;

// Entra ID rejects assertions that it issued itself (AADSTS700222).
const entraHosts = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
];

/**
 * Checks an issuer URL and returns it byte for byte: every party compares it as text, so what a URL parser
 * would repair is an error here. Throws `Error` with what to write instead.
 */
export function parseIssuerUrl(text: string): string {
  if (/\s/.test(text))
    throw new Error('remove the whitespace: Entra ID stores it, and tokens would no longer match');
  if (!URL.canParse(text))
    throw new Error('write an absolute URL, for example, https://account.blob.core.windows.net/oidc/');
  const url = new URL(text);
  if (url.protocol !== 'https:')
    throw new Error('write an https URL: Entra ID reads documents over https only');
  if (url.username !== '' || url.password !== '') throw new Error('remove the user name and password');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text))
    throw new Error('remove the query and fragment: Kubernetes publishes no documents for such an issuer');
  if (url.pathname.includes('//')) throw new Error('remove the double slash');
  if (text !== url.href && `${text}/` !== url.href)
    throw new Error(`write it as every client normalizes it: ${url.href}`);
  if (entraHosts.includes(url.hostname))
    throw new Error('write an issuer of your own: Entra ID does not accept its own tokens for federation');
  if (text.length > longestIssuer) throw new Error(`write at most ${longestIssuer} characters`);
  return text;
}

/** Returns the URL of one document. A trailing slash of the issuer makes no difference. */
export function documentUrl(issuerUrl: string, name: DocumentName): string {
  return `${removeTrailingSlash(issuerUrl)}/${documentPaths[name]}`;
}

/** Reports whether two issuers differ in the trailing slash at most. */
export function isSamePlace(one: string, other: string): boolean {
  return removeTrailingSlash(one) === removeTrailingSlash(other);
}

/** Returns the URL without its one trailing slash. */
export function removeTrailingSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

/** Checks the name of a storage account. Throws `Error` with what to write instead. */
export function parseStorageAccount(name: string): string {
  if (!/^[a-z0-9]{3,24}$/.test(name)) throw new Error('write 3 to 24 lowercase letters and digits');
  return name;
}

/** Checks the name of a blob container. Throws `Error` with what to write instead. */
export function parseContainer(name: string): string {
  if (name.length < 3 || name.length > 63 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      'write 3 to 63 lowercase letters, digits and single hyphens, beginning and ending with a letter or digit',
    );
  }
  return name;
}

/** Checks a path prefix, returned without slashes at its ends. Throws `Error` with what to write instead. */
export function parsePrefix(path: string): string {
  const segments = path.replace(/^\/|\/$/g, '').split('/');
  const isValid = (segment: string) => /^[A-Za-z0-9._~-]+$/.test(segment) && !segment.endsWith('.');
  if (!segments.every(isValid)) {
    throw new Error(
      'write folder names of letters, digits, dots, hyphens, underscores and tildes, separated by single slashes',
    );
  }
  // The name of a blob has at most 1024 characters, including the path of the document below the prefix.
  if (path.length > 900) throw new Error('write at most 900 characters');
  return segments.join('/');
}
