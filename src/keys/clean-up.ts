import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { type CleanUp, defineState } from '../runtime/index.ts';
import type { definition } from './definition.ts';

/** What the post step deletes: files, and the folder around them if this action created it. */
export const removal = defineState(
  'files-to-remove',
  v.object({ files: v.array(v.string()), folder: v.optional(v.string()) }),
);

/** Deletes the private key, unless `keep` is set. */
export const cleanUp: CleanUp<typeof definition> = async ({ keep }, deps) => {
  const saved = removal.read(deps);
  if (saved === undefined) return;
  const { files, folder } = saved;
  if (keep) {
    deps.log.info(`Keeping the private key ${files[0]} (\`keep: true\`)`);
    return;
  }
  for (const file of files) await rm(file, { force: true });
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  deps.log.info(`Deleted the private key ${files[0]}`);
};
