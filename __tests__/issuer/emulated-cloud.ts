import { rmSync } from 'node:fs';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, inEmulator, type KeyFile, keyFile, signInTo, temporaryFolder } from './support.ts';

/** An emulated cloud and publish-issuer, which live by one clock, on which waiting takes no time. */
export interface EmulatedCloud {
  readonly emulator: Emulator;
  readonly clock: ReturnType<typeof manualClock>;
  /** The key that `begin` gives to be published. */
  readonly key: KeyFile;
  /** Begins a test: no faults, nothing waited for, and inputs for a storage account of its own. */
  begin(): { readonly deps: TestDeps; readonly given: Given };
  /** A name for a storage account that none has had before: `trouble7`. */
  accountName(): string;
  anotherKey(): KeyFile;
  /** Seconds that the test has waited in all. */
  slept(): number;
  close(): Promise<void>;
}

/** Starts the cloud; the account name `somebodyelses` is taken in it. */
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
