import { readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { startEmulator } from './index.ts';
import { parseState } from './state.ts';

const optionsSchema = v.object({
  /** Written when every service listens: what a caller needs to know about the emulator. */
  readyFile: v.string(),
  directory: v.string(),
  host: v.exactOptional(v.string()),
  hostnames: v.exactOptional(v.array(v.string())),
  packages: v.exactOptional(v.string()),
  seed: v.optional(v.unknown(), {}),
});

/** Runs the emulator as a program, with the JSON options file in its argument, until SIGTERM or SIGINT. */
export async function start(): Promise<void> {
  const optionsFile = process.argv[2];
  if (!optionsFile) throw new Error('usage: emulator.js <options.json>');
  const parsed = v.parse(optionsSchema, JSON.parse(await readFile(optionsFile, 'utf8')));
  const { readyFile, seed, ...options } = parsed;
  const emulator = await startEmulator({ ...options, seed: parseState(seed) });
  const end = () => {
    process.stdout.write(`Stopping after ${emulator.requests.length} requests\n`);
    void emulator.close();
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  const { azure: _, behaviour: __, requests: ___, close: ____, ...ready } = emulator;
  // A reader must never see a part of the file.
  await writeFile(`${readyFile}.partial`, JSON.stringify(ready));
  await rename(`${readyFile}.partial`, readyFile);
  const { authority, graph, resourceManager, vaults, blob } = emulator.environment;
  process.stdout.write(`Ready: ${JSON.stringify({ authority, graph, resourceManager, vaults, blob })}\n`);
}
