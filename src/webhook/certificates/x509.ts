/**
 * Loads the X.509 library. It needs a polyfill before its first line, and a bundler may reorder two static imports.
 */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
