import * as v from 'valibot';
import { FederationError } from '../errors/index.ts';
import type { Deps } from './deps.ts';

type StateDeps = Pick<Deps, 'state'>;

/** One fact that `run` leaves for the post step. */
export interface SavedState<T> {
  save(value: T, deps: StateDeps): void;
  /** Returns what was saved last, or undefined if nothing was. Throws FederationError `state-invalid` if it does not fit the schema. */
  read(deps: StateDeps): T | undefined;
  clear(deps: StateDeps): void;
}

/** Declares a fact under a name that is unique within its action. It is kept as JSON, and validated when it is read. */
export function defineState<T>(name: string, schema: v.GenericSchema<unknown, T>): SavedState<T> {
  return {
    save: (value, { state }) => state.save(name, JSON.stringify(value)),
    clear: ({ state }) => state.save(name, ''),
    read: ({ state }) => {
      const text = state.read(name);
      if (text === '') return undefined;
      const result = v.safeParse(schema, parseJson(text));
      if (result.success) return result.output;
      throw new FederationError('state-invalid', { name, problem: v.summarize(result.issues) });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
