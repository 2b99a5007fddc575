import { defineErrors } from './entry.ts';

export const emulatorErrors = defineErrors({
  'azurite-unavailable': {
    fault: 'service',
    message: 'failed to install Azurite {version}: {problem}',
    hint: 'Add actions/setup-node before start-emulator, and let the job reach the npm registry. Later jobs on this runner use the tool cache.',
    means: 'start-emulator needs npm and a registry once per runner.',
  },
  'state-file-unreadable': {
    message: 'failed to read the state file {file}: {problem}',
    hint: 'Set `state-file` to a JSON file. emulator/README.md describes its format.',
  },
});
