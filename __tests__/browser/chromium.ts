import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Finds a browser on PATH. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Returns the browser on PATH. Throws `Error` that says how to install one. */
export function requireBrowser(): string {
  const found = findBrowser();
  if (found === undefined)
    throw new Error(`none of ${names.join(', ')} is on PATH: apt-get install chromium`);
  return found;
}
