import { mkdir } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import * as v from 'valibot';
import { type Clock, systemClock } from '../src/runtime/deps.ts';
import { createAzure, startListeners } from './assemble.ts';
import type { Azure } from './azure.ts';
import { type Behaviour, type BehaviourOptions, behaviourSchema } from './behaviour.ts';
import { createCertificates } from './certificates.ts';
import { type Files, writeFiles } from './files.ts';
import type { Listener, RecordedRequest, Surroundings } from './http/listener.ts';
import { populate } from './populate.ts';
import { parseState, type StateFile } from './state.ts';

export type { Behaviour, BehaviourOptions, Fault } from './behaviour.ts';
export type { RecordedRequest } from './http/listener.ts';
export type { State, StateFile } from './state.ts';

export interface EmulatorOptions {
  /** Where the CA, the environment file and the job's token are written. Made if absent; the caller removes it. */
  readonly directory: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Names and addresses that the certificate is good for. The first is the host in every URL. Default: the address listened on. */
  readonly hostnames?: readonly string[];
  /** A parsed state file, or any part of one. */
  readonly seed?: StateFile;
  /** Wins over the state file's. */
  readonly behaviour?: BehaviourOptions;
  readonly clock?: Clock;
  /** PEM certificates of CAs under which issuers may be served, beside the emulator's own and the public ones. */
  readonly trustedCertificates?: readonly string[];
  /** False leaves Azurite out: accounts can be made, but hold nothing. */
  readonly storage?: boolean;
  /** A folder whose `node_modules` holds azurite. Default: the current one. */
  readonly packages?: string;
  /** Told of what goes wrong inside the emulator itself. Default: standard error. */
  readonly complain?: (message: string) => void;
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
  /** Every request so far, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** May be changed while the emulator runs: delays, and faults that are yet to come. */
  readonly behaviour: Behaviour;
  /** The emulated cloud itself, for tests that look behind the wire. */
  readonly azure: Azure;
  close(): Promise<void>;
}

/** Starts an Azure of its own: Entra, Graph, Resource Manager, Key Vault and Blob Storage, each on a free port, by https. */
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
    azure = await createAzure({
      state,
      behaviour,
      surroundings,
      trustedCertificates: options.trustedCertificates ?? [],
      azurite:
        options.storage === false ? undefined : { directory, packages: options.packages ?? process.cwd() },
    });
    await startListeners(azure, surroundings, listeners);
    await populate(azure, state);
    return {
      ...(await writeFiles(directory, azure, state, surroundings.certificates.authority)),
      tenantId: state.tenant.id,
      subscriptionId: state.subscription.id,
      keyVaultUrl: azure.urls.vaults.get(state.hints.vault) ?? '',
      storageAccount: state.hints.storageAccount,
      resourceGroup: state.hints.resourceGroup,
      jobClientId: state.job.clientId,
      requests,
      behaviour,
      azure,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
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
    // Loopback is always among the names: Azurite is reached there, whatever the others are.
    certificates: await createCertificates([...new Set([...hostnames, '127.0.0.1', 'localhost'])]),
    clock: options.clock ?? systemClock,
    faults: { faults: behaviour.faults, calls: new Map() },
    record: (request) => void requests.push(request),
    complain: options.complain ?? ((message) => void process.stderr.write(`${message}\n`)),
  };
}

// Nobody can be sent to 0.0.0.0 or ::, so URLs carry an address of this machine.
function findReachableAddress(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
