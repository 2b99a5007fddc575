import * as v from 'valibot';
import type { Deps } from './deps.ts';

/** One fact that `run` leaves for the post step. */
export interface SavedState<T> {
  save(value: T, deps: Pick<Deps, 'state'>): void;
  /** Returns what was saved last, or undefined if nothing was. Throws `Error` if it does not fit the schema. */
  read(deps: Pick<Deps, 'state'>): T | undefined;
}

/** Declares a fact under a name that is unique within its action. It is kept as JSON, and validated when it is read. */
export function defineState<T>(name: string, schema: v.GenericSchema<unknown, T>): SavedState<T> {
  return {
    save: (value, { state }) => state.save(name, JSON.stringify(value)),
    read: ({ state }) => {
      const text = state.read(name);
      return text === '' ? undefined : v.parse(schema, JSON.parse(text));
    },
  };
}
