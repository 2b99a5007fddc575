import { join } from 'node:path';

/** Time as a dependency, so that tests do not wait. All durations in this project are seconds. */
export interface Clock {
  /** Seconds since the epoch, with fractions. */
  now(): number;
  sleep(seconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now() / 1000,
  sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
};

/** The log of a run. The edge prints it as workflow commands. Tests record it. */
export interface Log {
  /** One line per decision or fact. Always shown. */
  info(message: string): void;
  /** Shown when the workflow runs with debug logging. */
  debug(message: string): void;
  /** Something to check that does not fail the job. */
  warning(message: string): void;
  /** Puts a foldable group around one phase. The group also ends if `phase` throws. */
  group<T>(title: string, phase: () => Promise<T>): Promise<T>;
  /** Hides a secret, as a whole and line by line, in everything that is printed afterwards. Call it as soon as the secret exists. */
  mask(secret: string): void;
}

export interface ExecOptions {
  readonly cwd?: string;
  /** Added to the environment of the action itself. `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Kills the command after this many seconds; the result says so. */
  readonly timeoutSeconds?: number;
}

export interface RunOptions extends ExecOptions {
  /** Called for every line of stdout and stderr as it arrives, for progress on long work. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Ends the process group when aborted. The exit code is then that of a signal. */
  readonly stop?: AbortSignal;
}

export interface ExecResult {
  /** Exit code; 128 + n for a process that signal n ended. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/**
 * Executes a command that only answers, such as `docker version`, and returns its output. A non-zero exit code is a result.
 * Rejects with the code `ENOENT` if there is no such program.
 */
export type Exec = (command: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** The same for a program that works for long or starts others, such as `minikube start`: it ends as a process group. */
export type RunCommand = (
  command: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<ExecResult>;

/** What fills an entry: a folder as it is in the post step, or an image of Docker as an archive of this name. */
export type Keepsake =
  | { readonly folder: string }
  | { readonly dockerImage: string; readonly archive: string };

/**
 * Keeps files for later jobs in the runner's cache service. A key ends in the digest of its content, so an entry never has to
 * change. The cache only saves time: a fault of the service never fails a step.
 */
export interface JobCache {
  /** Whether the runner offers a cache service. Without one, nothing is restored or kept. */
  readonly available: boolean;
  /**
   * Restores `folder` from what an earlier job kept under this key, completely or not at all. Returns false if there was nothing
   * to restore. An existing folder must be empty.
   */
  restore(key: string, folder: string): Promise<boolean>;
  /** Keeps this for later jobs at the end of the post step. */
  keep(key: string, what: Keepsake): void;
}

/** The cache of a job with `cache: false`. */
export const noJobCache: JobCache = {
  available: false,
  restore: async () => false,
  keep: () => undefined,
};

/** What `run` saves for the post step, which runs in another process. Saved immediately, so that a failing run saves it too. */
export interface State {
  save(name: string, value: string): void;
  /** Returns an empty string if nothing was saved. */
  read(name: string): string;
}

/** Everything that an action may use of the outside world. Only the edge creates the real one. */
export interface Deps {
  readonly log: Log;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  readonly exec: Exec;
  readonly run: RunCommand;
  /** A snapshot of the process environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** RUNNER_TEMP: emptied by the runner at the job's start and end, never uploaded. */
  readonly temporaryDirectory: string;
  readonly state: State;
  readonly cache: JobCache;
  /** Sets an environment variable for the steps that follow, as `core.exportVariable` does. */
  readonly exportVariable: (name: string, value: string) => void;
}

/** Returns the folder below RUNNER_TEMP for everything that outlives a step: clusters, logs, the emulator, cached files. */
export function workFolder({ temporaryDirectory }: Pick<Deps, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'entra-kubernetes-federation');
}
