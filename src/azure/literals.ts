/** Returns whether the text is a GUID, in uppercase or lowercase. */
export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** Returns the text as an OData literal in single quotes, for a filter. In a path, it is URI-encoded as well. */
export function quoteOData(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
