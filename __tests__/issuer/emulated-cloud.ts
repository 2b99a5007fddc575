import { rmSync } from 'node:fs';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, inEmulator, type KeyFile, keyFile, signInTo, temporaryFolder } from './support.ts';

/** An Azure emulator with the clock of the tests, on which waiting takes no time. */
export interface EmulatedCloud {
  readonly emulator: Emulator;
  readonly clock: ReturnType<typeof manualClock>;
  /** The key that the inputs of `begin` publish. */
  readonly key: KeyFile;
  /** Begins a test without faults, with inputs for a new storage account. */
  begin(): { readonly deps: TestDeps; readonly given: Given };
  /** Returns an unused name for a storage account: `trouble7`. */
  accountName(): string;
  anotherKey(): KeyFile;
  /** Returns how many seconds the test has waited. */
  slept(): number;
  close(): Promise<void>;
}

/** Starts the emulator. The account name `somebodyelses` is taken. */
export async function openCloud(): Promise<EmulatedCloud> {
  const clock = manualClock();
  const folder = temporaryFolder();
  const seed = { takenStorageAccountNames: ['somebodyelses'] };
  const emulator = await startEmulator({ directory: folder, clock, seed });
  const key = keyFile(folder);
  let accounts = 0;
  const accountName = () => `trouble${accounts++}`;
  return {
    emulator,
    clock,
    key,
    begin: () => {
      clock.slept.length = 0;
      emulator.behaviour.faults.length = 0;
      const given = {
        ...inEmulator(emulator),
        'storage-account': accountName(),
        'public-key-file': key.file,
      };
      return { deps: testDeps({ clock, env: signInTo(emulator) }), given };
    },
    accountName,
    anotherKey: () => keyFile(folder),
    slept: () => clock.slept.reduce((sum, seconds) => sum + seconds, 0),
    close: async () => {
      await emulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}
