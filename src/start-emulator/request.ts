import { readFile } from 'node:fs/promises';
import { errorMessage, FederationError } from '../errors/index.ts';
import type { InputsOf } from '../runtime/index.ts';
import type { definition } from './definition.ts';

/** The emulator that a run is asked for. */
export interface EmulatorRequest {
  /** Address to listen on. */
  readonly host: string;
  readonly hostnames: readonly string[];
  /** The parsed state file, which the emulator validates. */
  readonly seed: unknown;
}

/** Reads the inputs and the state file. Throws FederationError `state-file-unreadable`. */
export async function readRequest(inputs: InputsOf<typeof definition>): Promise<EmulatorRequest> {
  const { listen, hostnames, stateFile } = inputs;
  return { host: listen, hostnames, seed: stateFile === undefined ? {} : await readJson(stateFile) };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const values = { file, problem: errorMessage(cause) };
    throw new FederationError('state-file-unreadable', values, { cause });
  }
}
