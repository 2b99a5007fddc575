import * as v from 'valibot';
import { errorMessage } from '../errors/index.ts';
import { type CleanUp, defineState } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { links } from './links.ts';

/** What a run leaves for the post step: the links that started, and their outputs so far. */
export const progress = defineState(
  'progress',
  v.object({ started: v.array(v.string()), outputs: v.record(v.string(), v.unknown()) }),
);

/** Runs the clean-up of every link that started, in reverse order. A failure does not stop the others. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const { started, outputs } = progress.read(deps) ?? { started: [], outputs: {} };
  const failures: unknown[] = [];
  for (const link of links.filter(({ name }) => started.includes(name)).reverse())
    await link.cleanUp(inputs, outputs, deps).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(errorMessage).join('; '));
};
