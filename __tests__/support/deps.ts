import type { Clock, Deps } from '../../src/runtime/index.ts';
import { createCommands, noJobCache, systemClock, toolCacheRoot } from '../../src/runtime/index.ts';

export interface TestDeps extends Deps {
  /** Everything logged so far, one entry per line: `info …`, `warning …`. */
  readonly lines: string[];
  readonly masked: string[];
  readonly exported: Map<string, string>;
  readonly saved: Map<string, string>;
}

/** Dependencies for a run in a test: a recording log, the real network and clock unless replaced. */
export function testDeps(overrides: Partial<Deps> = {}): TestDeps {
  const lines: string[] = [];
  const masked: string[] = [];
  const exported = new Map<string, string>();
  const saved = new Map<string, string>();
  const { env = {}, temporaryDirectory = '/nonexistent' } = overrides;
  // As the edge does: @actions/tool-cache reads it from the process. Jest gives each test file an environment of its own.
  if (env.HOME || env.RUNNER_TOOL_CACHE)
    process.env.RUNNER_TOOL_CACHE = toolCacheRoot(env, temporaryDirectory);
  return {
    lines,
    masked,
    exported,
    saved,
    log: {
      info: (message) => void lines.push(`info ${message}`),
      debug: (message) => void lines.push(`debug ${message}`),
      warning: (message) => void lines.push(`warning ${message}`),
      group: async (title, phase) => {
        lines.push(`group ${title}`);
        return phase();
      },
      mask: (secret) => void masked.push(secret),
    },
    clock: systemClock,
    fetch: globalThis.fetch,
    ...createCommands(process.env),
    env,
    temporaryDirectory,
    state: { save: (name, value) => void saved.set(name, value), read: (name) => saved.get(name) ?? '' },
    exportVariable: (name, value) => void exported.set(name, value),
    cache: noJobCache,
    ...overrides,
  };
}

/** A clock on which sleeping takes no time: `now` moves by what was slept. */
export function manualClock(): Clock & { readonly slept: number[] } {
  let now = 1_700_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (seconds) => {
      slept.push(seconds);
      now += seconds;
    },
  };
}
