import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const root = dirname(fileURLToPath(import.meta.url));

// ES modules in Jest need a flag that Node only reads at startup, and the tests need the Node that package.json pins. `npx jest`
// and editors start Jest with neither, so it is restarted here with both.
if (!('SourceTextModule' in vm)) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const node = join(root, 'node_modules', '.bin', 'node');
  const { status } = spawnSync(node, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // The certificate library expects this import first, but Jest evaluates CommonJS modules while it links.
  setupFiles: ['reflect-metadata', '<rootDir>/__tests__/support/hide-debug.js'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  globalSetup: '<rootDir>/__tests__/support/global-setup.ts',
};

/** Folders of tests that need more than Node, or that start clusters. The project `unit` has all others. */
const folders = ['emulator', 'e2e', 'browser', 'real-clusters'];
const serial = { runner: '<rootDir>/__tests__/support/serial-runner.js' };

export default {
  maxWorkers: 2,
  // Tests start real programs.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: folders.map((folder) => `<rootDir>/__tests__/${folder}/`),
    },
    project('emulator'),
    project('e2e', serial),
    project('browser'),
    project('real-clusters', {
      ...serial,
      setupFilesAfterEnv: ['<rootDir>/__tests__/support/long-timeout.js'],
    }),
  ],
};

function project(name, options = {}) {
  return {
    ...shared,
    displayName: name,
    testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
    ...options,
  };
}
