/**
 * Everything that `dist` holds, by name: the program of each action and the emulator. ncc makes one build of it, in which
 * each program and each heavy module is a chunk that is read only when it is needed.
 */
const programs: Readonly<Record<string, () => Promise<{ start(): Promise<void> }>>> = {
  'generate-keys': () => import('../src/actions/generate-keys.ts'),
  'publish-issuer': () => import('../src/actions/publish-issuer.ts'),
  'start-minikube': () => import('../src/actions/start-minikube.ts'),
  'federate-app': () => import('../src/actions/federate-app.ts'),
  'install-webhook': () => import('../src/actions/install-webhook.ts'),
  'verify-pod': () => import('../src/actions/verify-pod.ts'),
  'start-emulator': () => import('../src/actions/start-emulator.ts'),
  federate: () => import('../src/actions/federate.ts'),
  emulator: () => import('../emulator/main.ts'),
};

/** Runs one program of the build to its end. */
export async function start(name: string): Promise<void> {
  const load = programs[name];
  if (!load) throw new Error(`no program is called ${name}; there are ${Object.keys(programs).join(', ')}`);
  await (await load()).start();
}

export const programNames: readonly string[] = Object.keys(programs);
