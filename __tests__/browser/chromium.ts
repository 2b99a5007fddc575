import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine; undefined where PATH has none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** The same. Throws `Error` that says how to get one: a page that nobody looked at is not shown to be readable. */
export function browserFile(): string {
  const found = findBrowser();
  if (found === undefined)
    throw new Error(`none of ${names.join(', ')} is on PATH: apt-get install chromium`);
  return found;
}
