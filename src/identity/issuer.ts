/** Longest subject, audience and description that a federated credential may hold, in characters. */
export const longestField = 600;

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
