import { createHash } from 'node:crypto';
import { constants, copyFile, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type Deps, hashFile, workFolder } from '../../runtime/index.ts';

export interface Download {
  /** How messages call it: `the envtest archive v1.34.1`. */
  readonly what: string;
  readonly url: string;
  readonly algorithm: 'sha256' | 'sha512';
  /** Expected digest, hexadecimal. */
  readonly digest: string;
  readonly file: string;
}

// Without a network a packet is often just dropped, so a connection that takes longer is taken for none.
const connectSeconds = 5;
const stallSeconds = 30;

type DownloadDeps = Pick<Deps, 'fetch' | 'log' | 'clock' | 'cache' | 'temporaryDirectory'>;

/**
 * Brings a file, from what an earlier job kept or by download, and verifies it before anybody can use it: on any fault it is removed
 * again. Throws FederationError `download-failed` (not reachable, refused, broken off) or `checksum-mismatch`.
 */
export async function download(wanted: Download, deps: DownloadDeps): Promise<void> {
  const { digest, algorithm, what, file } = wanted;
  const key = `entra-federation-${algorithm}-${digest}`;
  const folder = join(workFolder(deps), 'downloads', digest);
  const copy = join(folder, 'file');
  if (await deps.cache.restore(key, folder)) {
    if ((await hashFile(copy, algorithm)) === digest) {
      await copyFile(copy, file, constants.COPYFILE_EXCL);
      deps.log.info(`${what}: kept by an earlier job, checksum right`);
      return;
    }
    deps.log.warning(`${what}: what an earlier job kept has another checksum, and is not used`);
    await rm(folder, { recursive: true, force: true });
  }
  await downloadFresh(wanted, deps);
  deps.log.info(`${what}: downloaded, checksum right`);
  if (!deps.cache.available) return;
  await mkdir(folder, { recursive: true });
  await copyFile(file, copy);
  deps.cache.keep(key, { folder });
}

async function downloadFresh(wanted: Download, deps: Pick<Deps, 'fetch' | 'log' | 'clock'>): Promise<void> {
  const file = await open(wanted.file, 'wx');
  try {
    const digest = await receive(wanted, file, deps).catch((error) => {
      throw new FederationError(`failed to download ${wanted.what}: ${errorMessage(error)} (${wanted.url})`, {
        code: 'download-failed',
        fault: 'service',
        cause: error,
      });
    });
    if (digest !== wanted.digest) {
      throw new FederationError(
        `failed to verify ${wanted.what}: its ${wanted.algorithm} is ${digest}, and ${wanted.digest} is pinned (${wanted.url})`,
        {
          code: 'checksum-mismatch',
          fault: 'service',
          hint: 'The file was not used. Either it was changed at its source or on the way, for example by a proxy.',
        },
      );
    }
  } catch (error) {
    await rm(wanted.file, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function receive(
  wanted: Download,
  file: { write(data: Uint8Array): Promise<unknown> },
  deps: Pick<Deps, 'fetch' | 'log' | 'clock'>,
): Promise<string> {
  const controller = new AbortController();
  const limit = (seconds: number, why: string) =>
    setTimeout(() => controller.abort(new Error(`${why} within ${seconds} s`)), seconds * 1000);
  let timer = limit(connectSeconds, 'no answer');
  try {
    const response = await deps.fetch(wanted.url, { signal: controller.signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const hash = createHash(wanted.algorithm);
    const total = Number(response.headers.get('content-length')) || undefined;
    const progress = new Progress(wanted.what, total, deps);
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = limit(stallSeconds, 'no data');
      hash.update(chunk);
      await file.write(chunk);
      progress.add(chunk.length);
    }
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

class Progress {
  readonly #what: string;
  readonly #total: number | undefined;
  readonly #deps: Pick<Deps, 'log' | 'clock'>;
  #received = 0;
  #shown: number;

  constructor(what: string, total: number | undefined, deps: Pick<Deps, 'log' | 'clock'>) {
    this.#what = what;
    this.#total = total;
    this.#deps = deps;
    this.#shown = deps.clock.now();
  }

  add(bytes: number): void {
    this.#received += bytes;
    if (this.#deps.clock.now() - this.#shown < 2) return;
    this.#shown = this.#deps.clock.now();
    const total = this.#total === undefined ? '' : ` of ${megabytes(this.#total)}`;
    this.#deps.log.info(`downloading ${this.#what}: ${megabytes(this.#received)}${total} MB`);
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
