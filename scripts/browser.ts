import { spawnSync } from 'node:child_process';
import { findBrowser } from '../__tests__/browser/chromium.ts';

/** Installs Debian's Chromium if no browser is on PATH. Returns why that failed, or undefined once a browser is installed. */
export function prepareBrowser(): string | undefined {
  if (findBrowser() !== undefined) return undefined;
  if (process.getuid?.() !== 0)
    return 'no browser is on PATH, and only root can install one. Install Chromium or Chrome.';
  console.log('Installing Chromium (apt-get)');
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status, error, stderr } = spawnSync('apt-get', ['--quiet=2', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (error !== undefined)
      return 'no browser is on PATH, and apt-get is missing. Install Chromium or Chrome.';
    if (status !== 0) return `apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}.`;
  }
  return findBrowser() === undefined ? 'apt-get installed no browser.' : undefined;
}
