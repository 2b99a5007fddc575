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
