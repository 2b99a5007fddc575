/**
 * Loads the X.509 library. It asks for a polyfill before its first line, and a bundler is free to put two static imports the
 * other way round.
 */
export async function loadX509(): Promise<typeof import('@peculiar/x509')> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
