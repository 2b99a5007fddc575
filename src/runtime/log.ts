/** What a run may say. The edge prints it as workflow commands, tests record it. */
export interface Log {
  /** One line a decision or a fact; shown always. */
  info(message: string): void;
  /** Shown when the workflow runs with debug logging. */
  debug(message: string): void;
  /** Something to look at that does not fail the job. */
  warning(message: string): void;
  /** A foldable group around one phase; ends it also when `phase` throws. */
  group<T>(title: string, phase: () => Promise<T>): Promise<T>;
  /** Hides a secret, whole and line by line, in everything printed from now on. Call it the moment the secret exists. */
  mask(secret: string): void;
}
