import { spawnSync } from 'node:child_process';
import { findBrowser } from '../__tests__/browser/chromium.ts';

/** Installs Debian's chromium where there is no browser and this machine lets us. What stands in the way, undefined once there is one. */
export function prepareBrowser(): string | undefined {
  if (findBrowser() !== undefined) return undefined;
  if (process.getuid?.() !== 0) return 'there is no browser, and only root may install one';
  console.log('Installing chromium (apt-get) …');
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status, error, stderr } = spawnSync('apt-get', ['--quiet=2', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (error !== undefined) return 'there is no browser, and no apt-get to install one';
    if (status !== 0) return `apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`;
  }
  return findBrowser() === undefined ? 'apt-get installed no browser' : undefined;
}
