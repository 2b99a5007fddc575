import { mkdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import * as v from 'valibot';
import { type Clock, systemClock } from '../src/runtime/index.ts';
import { createAzure, startListeners } from './assemble.ts';
import type { Azure } from './azure.ts';
import { type Behaviour, type BehaviourOptions, behaviourSchema } from './behaviour.ts';
import { createCertificates } from './certificates.ts';
import { type Files, writeFiles } from './files.ts';
import type { Listener, RecordedRequest, Surroundings } from './http/listener.ts';
import { populate } from './populate.ts';
import { parseState, type State, type StateFile } from './state.ts';

export type { Behaviour, BehaviourOptions, Fault } from './behaviour.ts';
export type { RecordedRequest } from './http/listener.ts';
export type { State, StateFile } from './state.ts';

export interface EmulatorOptions {
  /**
   * Folder for the CA, the environment file and the job's token. Created if it does not exist; the caller
   * deletes it.
   */
  readonly directory: string;
  /** Address to listen on. Defaults to 127.0.0.1. */
  readonly host?: string;
  /**
   * Hostnames and IP addresses in the certificate. The first is the host in every URL. Defaults to the
   * address listened on.
   */
  readonly hostnames?: readonly string[];
  /** A parsed state file, or any part of one. */
  readonly seed?: StateFile;
  /** Overrides the behaviour in the state file. */
  readonly behaviour?: BehaviourOptions;
  readonly clock?: Clock;
  /** PEM certificates of CAs that issuers may use, in addition to the emulator's own and the public ones. */
  readonly trustedCertificates?: readonly string[];
  /** `false` runs without Azurite: storage accounts can be created, but hold nothing. */
  readonly storage?: boolean;
  /** A folder whose `node_modules` holds Azurite. Defaults to the current folder. */
  readonly packages?: string;
  /** Receives errors of the emulator itself. Defaults to standard error. */
  readonly reportError?: (message: string) => void;
}

/** A running emulator. */
export interface Emulator extends Files {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly keyVaultUrl: string;
  readonly storageAccount: string;
  readonly resourceGroup: string;
  /** The application that the job signs in as. */
  readonly jobClientId: string;
  /** All requests so far, in the order of their responses. */
  readonly requests: readonly RecordedRequest[];
  /** Can be changed while the emulator runs. */
  readonly behaviour: Behaviour;
  /** The cloud itself, for tests that look behind its APIs. */
  readonly azure: Azure;
  close(): Promise<void>;
}

/**
 * Starts an emulator of Entra ID, Graph, Resource Manager, Key Vault and Blob Storage, each on a free port
 * with HTTPS.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { directory } = options;
  const state = parseState(options.seed ?? {});
  const behaviour = v.parse(behaviourSchema, { ...state.behaviour, ...options.behaviour });
  const requests: RecordedRequest[] = [];
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const surroundings = await createSurroundings(options, behaviour, requests);
  const listeners: Listener[] = [];
  let azure: Azure | undefined;
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    await azure?.storage.close();
  };
  try {
    const packages = options.packages ?? process.cwd();
    azure = await createAzure({
      state,
      behaviour,
      surroundings,
      trustedCertificates: options.trustedCertificates ?? [],
      azurite: options.storage === false ? undefined : { directory, packages },
    });
    await startListeners(azure, surroundings, listeners);
    await populate(azure, state);
    const files = await writeFiles(directory, azure, state, surroundings.certificates.authority);
    return { ...files, ...describeState(azure, state), requests, behaviour, azure, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Returns what the outputs of start-emulator say. */
function describeState({ urls }: Azure, { tenant, subscription, hints, job }: State) {
  return {
    tenantId: tenant.id,
    subscriptionId: subscription.id,
    keyVaultUrl: urls.vaults.get(hints.vault) ?? '',
    storageAccount: hints.storageAccount,
    resourceGroup: hints.resourceGroup,
    jobClientId: job.clientId,
  };
}

async function createSurroundings(
  options: EmulatorOptions,
  behaviour: Behaviour,
  requests: RecordedRequest[],
): Promise<Surroundings> {
  const host = options.host ?? '127.0.0.1';
  const hostnames = options.hostnames?.length ? options.hostnames : [findReachableAddress(host)];
  return {
    host,
    hostname: hostnames[0] ?? host,
    // Always with loopback, on which the emulator connects to Azurite.
    certificates: await createCertificates([...new Set([...hostnames, '127.0.0.1', 'localhost'])]),
    clock: options.clock ?? systemClock,
    faults: { faults: behaviour.faults, calls: new Map() },
    record: (request) => void requests.push(request),
    reportError: options.reportError ?? ((message) => void process.stderr.write(`${message}\n`)),
  };
}

// No client can connect to 0.0.0.0 or ::, so URLs have an address of this machine.
function findReachableAddress(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
