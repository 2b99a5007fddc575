export interface ExecOptions {
  readonly cwd?: string;
  /** Added to the environment that the action itself has. `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Called for every line of stdout and stderr as it arrives: progress on long work. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Ends the process group when it comes: for a program that would go on trying for nothing. Its exit code is then that of a signal. */
  readonly stop?: AbortSignal;
  /** The process group is killed after this many seconds and the result says so. */
  readonly timeoutSeconds?: number;
}

export interface ExecResult {
  /** Exit code; 128 + n for a process that signal n ended. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs a program to its end. Rejects only when it cannot be started (`ENOENT`, `EACCES`); a non-zero exit is a result. */
export type Exec = (command: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;
