import { readFile } from 'node:fs/promises';

/**
 * Version of azure-workload-identity that a webhook program was built from, out of the module information that Go writes into every program.
 * Its own --version says nothing unless the build stamped it. Undefined where there is no such information.
 */
export async function versionOfProgram(program: string): Promise<string | undefined> {
  const content = await readFile(program);
  const start = content.indexOf(moduleLine);
  if (start < 0) return undefined;
  const text = content.toString('latin1', start + moduleLine.length, start + moduleLine.length + 80);
  return /^v[^\t\n]+/.exec(text)?.[0];
}

const moduleLine = 'mod\tgithub.com/Azure/azure-workload-identity\t';
