import { actions } from '../src/actions/registry.ts';

/**
 * Everything that `dist` holds, by name: the program of each action and the emulator. ncc builds it once; each program and each
 * heavy module is a chunk that is read only when it is needed.
 */
const programs: Readonly<Record<string, { start(): Promise<void> }>> = {
  ...actions,
  emulator: { start: async () => (await import('../emulator/main.ts')).start() },
};

/** Runs one program of the build to its end. */
export async function start(name: string): Promise<void> {
  const program = programs[name];
  if (!program) throw new Error(`unknown program ${name}: expected ${programNames.join(', ')}`);
  await program.start();
}

export const programNames: readonly string[] = Object.keys(programs);
