import { readFile, rename, writeFile } from 'node:fs/promises';
import { type EmulatorOptions, startEmulator } from './index.ts';

interface ProgramOptions extends EmulatorOptions {
  /** Written when everything listens: what a caller needs to know of the emulator. */
  readonly readyFile: string;
}

/** The emulator as a program: runs by the JSON options file that its argument names, until SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  const optionsFile = process.argv[2];
  if (!optionsFile) throw new Error('usage: emulator.js <options.json>');
  const { readyFile, ...options } = JSON.parse(await readFile(optionsFile, 'utf8')) as ProgramOptions;
  const emulator = await startEmulator(options);
  const end = () => {
    process.stdout.write(`ends after ${emulator.requests.length} requests\n`);
    void emulator.close();
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  const { azure: _, behaviour: __, requests: ___, close: ____, ...ready } = emulator;
  // Whoever waits for the file must never see half of it.
  await writeFile(`${readyFile}.partial`, JSON.stringify(ready));
  await rename(`${readyFile}.partial`, readyFile);
  process.stdout.write(`ready: ${JSON.stringify(azureOf(emulator.environment))}\n`);
}

function azureOf({
  authority,
  graph,
  resourceManager,
  vaults,
  blob,
}: Awaited<ReturnType<typeof startEmulator>>['environment']) {
  return { authority, graph, resourceManager, vaults, blob };
}
