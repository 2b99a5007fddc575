import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The folder with the go.mod that builds a program. It is part of the repository and looked for upwards from this file, because the
 * bundle lies elsewhere (`dist`) than the source. Undefined where only a part of the repository was copied.
 */
export async function moduleFolder(module: string, from = import.meta.dirname): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'go', module);
    const found = await access(join(candidate, 'go.mod')).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}
