import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '../../emulator/index.ts';
import { definition, run } from '../../src/issuer/index.ts';
import { computeKeyId } from '../../src/keys/index.ts';
import { type Deps, parseInputs } from '../../src/runtime/index.ts';

/** A public key in a file, as generate-keys writes it. */
export interface KeyFile {
  readonly publicKey: KeyObject;
  readonly file: string;
  readonly kid: string;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'issuer-'));
}

/** Writes a public key into the folder. Its modulus is random: finding two primes would take longer. */
export function keyFile(folder: string): KeyFile {
  const modulus = randomBytes(256);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  modulus[255] = (modulus[255] ?? 0) | 1;
  const publicKey = createPublicKey({
    key: { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' },
    format: 'jwk',
  });
  const kid = computeKeyId(publicKey);
  const file = join(folder, `${kid}.pub`);
  writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }));
  return { publicKey, file, kid };
}

export type Given = Readonly<Record<string, string>>;

/** Parses the inputs of publish-issuer. */
export function inputsOf(given: Given, deps: Pick<Deps, 'log'>) {
  return parseInputs(definition.inputs, (name) => given[name], deps.log.mask);
}

export interface Published {
  readonly issuerUrl: string;
  readonly discoveryUrl: string;
  readonly jwksUrl: string;
  readonly keyIds: readonly string[];
  readonly changed: boolean;
}

/** Runs publish-issuer once. */
export async function publish(given: Given, deps: Deps): Promise<Published> {
  const { outputs } = await run(inputsOf(given, deps), deps);
  return {
    issuerUrl: String(outputs['issuer-url']),
    discoveryUrl: String(outputs['discovery-url']),
    jwksUrl: String(outputs['jwks-url']),
    keyIds: outputs['key-ids'] as readonly string[],
    changed: outputs.changed === true,
  };
}

/** Returns inputs that publish into the storage account of the emulator through Resource Manager. */
export function inEmulator(emulator: Emulator): Given {
  return {
    'azure-environment': emulator.environmentFile,
    'storage-account': emulator.storageAccount,
    'resource-group': emulator.resourceGroup,
    container: 'oidc',
  };
}

/** Returns the environment in which the job signs in to the emulator. */
export function signInTo(emulator: Emulator): Record<string, string> {
  return {
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
  };
}

/** Fetches a published document. */
export async function get(
  url: string,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(url);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
