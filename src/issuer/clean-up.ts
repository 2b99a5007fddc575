import * as v from 'valibot';
import { openAzureEnvironment } from '../azure/index.ts';
import { errorCode } from '../errors/index.ts';
import { type CleanUp, defineState } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { noChange } from './key-ring.ts';
import { publishKeys } from './publish.ts';
import { loadStoreKind } from './stores/index.ts';

const place = v.object({ issuerUrl: v.optional(v.string()), location: v.string(), isNew: v.boolean() });

/** The keys that this run added, which the post step retires. */
export const retirement = defineState('keys-to-retire', v.object({ place, keyIds: v.array(v.string()) }));

/** Retires the keys that this run added. The last keys stay until the next publisher removes them. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = retirement.read(deps);
  const kind = await loadStoreKind(inputs.storage);
  if (inputs.onExit !== 'retire' || saved === undefined || kind === undefined) return;
  const { keyIds } = saved;
  await openAzureEnvironment(inputs.azureEnvironment);
  const store = await kind.open(saved.place, inputs, deps);
  try {
    const { ring } = await publishKeys(store, { ...noChange, retire: keyIds }, deps);
    deps.log.info(
      ring.retired.length > 0
        ? `Retired ${ring.retired.join(', ')}`
        : 'The keys of this run were already retired',
    );
  } catch (error) {
    if (errorCode(error) !== 'last-live-key') throw error;
    await publishKeys(store, { ...noChange, release: keyIds }, deps);
    deps.log.info(
      `Keeping ${keyIds.join(', ')} for now: no other key would be left. The next publisher removes it.`,
    );
  }
};
