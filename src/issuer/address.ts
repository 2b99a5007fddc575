/** The two documents of an issuer, by their paths below it. */
export const documentPaths = {
  discovery: '.well-known/openid-configuration',
  jwks: 'openid/v1/jwks',
} as const;

export type DocumentName = keyof typeof documentPaths;

/** Longest issuer that a federated identity credential may hold, in characters. */
const longestIssuer = 600;

/**
 * Checks an issuer URL and returns it byte for byte: every party compares it as text, so what a URL parser would repair is an error here.
 * Throws `Error` with what to write instead.
 */
export function parseIssuerUrl(text: string): string {
  if (/\s/.test(text))
    throw new Error('take the white space out: Entra ID stores it, and then nothing matches');
  if (!URL.canParse(text))
    throw new Error('write a whole URL such as https://account.blob.core.windows.net/oidc/');
  const url = new URL(text);
  if (url.protocol !== 'https:')
    throw new Error('write an https URL: Entra ID reads the documents over https only');
  if (url.username !== '' || url.password !== '') throw new Error('take user name and password out');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text))
    throw new Error('take query and fragment out: an issuer has neither');
  if (url.pathname.includes('//')) throw new Error('take the double slash out');
  if (text !== url.href && `${text}/` !== url.href)
    throw new Error(`write it as every client will spell it: ${url.href}`);
  if (text.length > longestIssuer) throw new Error(`write at most ${longestIssuer} characters`);
  return text;
}

/** The URL of one document; an issuer with a slash at its end and one without have the same documents, and no path has a double slash. */
export function documentUrl(issuerUrl: string, name: DocumentName): string {
  return `${withoutSlash(issuerUrl)}/${documentPaths[name]}`;
}

/** Whether two issuers differ in nothing but the slash at their ends. */
export function samePlace(one: string, other: string): boolean {
  return withoutSlash(one) === withoutSlash(other);
}

/** The URL without the one slash at its end. */
export function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

/** Checks a storage account's name. Throws `Error` with what to write instead. */
export function parseStorageAccount(name: string): string {
  if (!/^[a-z0-9]{3,24}$/.test(name)) throw new Error('write 3 to 24 lower-case letters and digits');
  return name;
}

/** Checks a blob container's name. Throws `Error` with what to write instead. */
export function parseContainer(name: string): string {
  if (name.length < 3 || name.length > 63 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      'write 3 to 63 lower-case letters, digits and single dashes, a letter or digit at either end',
    );
  }
  return name;
}

/** Checks a path prefix inside a container, returned without slashes at its ends. Throws `Error` with what to write instead. */
export function parsePrefix(path: string): string {
  const segments = path.replace(/^\/|\/$/g, '').split('/');
  const sound = (segment: string) => /^[A-Za-z0-9._~-]+$/.test(segment) && !segment.endsWith('.');
  if (!segments.every(sound)) {
    throw new Error(
      'write folder names of letters, digits, dot, dash, underscore and tilde, separated by single slashes',
    );
  }
  // 1024 characters are the limit of a blob's name; the documents' own paths go below the prefix.
  if (path.length > 900) throw new Error('write at most 900 characters');
  return segments.join('/');
}
