import { dirname, join } from 'node:path';
import type { ActionDefinition } from '../runtime/index.ts';
import { type Behaviour, runAction } from './edge.ts';

/** One action. Its definition and its module are loaded only when they are needed. */
export interface RegisteredAction {
  /** Folder of action.yml and README.md. */
  readonly folder: string;
  loadDefinition(): Promise<ActionDefinition>;
  /** Runs the program of the action, which is that of its step and of its post step. */
  start(): Promise<void>;
}

/** The eight actions by name, in the order of the chain. The only list of them. */
export const actions = {
  'generate-keys': register(
    'actions/generate-keys',
    () => import('../keys/definition.ts'),
    () => import('../keys/index.ts'),
  ),
  'publish-issuer': register(
    'actions/publish-issuer',
    () => import('../issuer/definition.ts'),
    () => import('../issuer/index.ts'),
  ),
  'start-minikube': register(
    'actions/start-minikube',
    () => import('../cluster/definition.ts'),
    () => import('../cluster/index.ts'),
  ),
  'federate-app': register(
    'actions/federate-app',
    () => import('../identity/definition.ts'),
    () => import('../identity/index.ts'),
  ),
  'install-webhook': register(
    'actions/install-webhook',
    () => import('../webhook/definition.ts'),
    () => import('../webhook/index.ts'),
  ),
  'verify-pod': register(
    'actions/verify-pod',
    () => import('../verify/definition.ts'),
    () => import('../verify/index.ts'),
  ),
  'start-emulator': register(
    'actions/start-emulator',
    () => import('../start-emulator/definition.ts'),
    async () => {
      const { cleanUp, runWith } = await import('../start-emulator/index.ts');
      return { run: runWith(locateEmulator()), cleanUp };
    },
  ),
  federate: register(
    '.',
    () => import('../chain/definition.ts'),
    () => import('../chain/index.ts'),
  ),
} as const satisfies Readonly<Record<string, RegisteredAction>>;

export type ActionName = keyof typeof actions;

/** Loads the definitions of all actions, for what is generated from them and for tests. */
export function loadDefinitions(): Promise<
  readonly { readonly folder: string; readonly definition: ActionDefinition }[]
> {
  return Promise.all(
    Object.values(actions).map(async ({ folder, loadDefinition }) => ({
      folder,
      definition: await loadDefinition(),
    })),
  );
}

// The module must fit the definition: inputs and outputs of another action do not compile.
function register<D extends ActionDefinition>(
  folder: string,
  importDefinition: () => Promise<{ readonly definition: D }>,
  load: () => Promise<Behaviour<NoInfer<D>>>,
): RegisteredAction {
  return {
    folder,
    loadDefinition: async () => (await importDefinition()).definition as unknown as ActionDefinition,
    start: async () => runAction((await importDefinition()).definition, load),
  };
}

/** The emulator is a program of its own, next to that of the action. */
function locateEmulator() {
  return { node: process.execPath, file: join(dirname(process.argv[1] ?? ''), 'emulator.js') };
}
