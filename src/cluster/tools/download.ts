import { createHash } from 'node:crypto';
import { constants, copyFile, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import {
  type Deps,
  hashFile,
  retry,
  retryAfterSeconds,
  type Transience,
  workFolder,
} from '../../runtime/index.ts';

export interface Download {
  /** Name of the file in messages, for example, `the envtest archive v1.34.1`. */
  readonly what: string;
  readonly url: string;
  readonly algorithm: Algorithm;
  /** Expected digest, hexadecimal. */
  readonly digest: string;
  readonly file: string;
}

type Algorithm = 'sha256' | 'sha512';
type TransferDeps = Pick<Deps, 'fetch' | 'log' | 'clock'>;

// Without a network, packets are often just dropped.
const connectSeconds = 5;
const stallSeconds = 30;
// Short, because the caller may have another source if there is no network at all.
const unreachableBudgetSeconds = 15;
const busyBudgetSeconds = 60;
const interruptedBudgetSeconds = 300;

/**
 * Restores a file from the cache of an earlier job or downloads it, and verifies it. After any error, the
 * file does not exist.
 * Throws FederationError `download-failed` or `checksum-mismatch`.
 */
export async function download(
  wanted: Download,
  deps: TransferDeps & Pick<Deps, 'cache' | 'temporaryDirectory'>,
): Promise<void> {
  const { digest, algorithm, what, file } = wanted;
  const key = `entra-federation-${algorithm}-${digest}`;
  const folder = join(workFolder(deps), 'downloads', digest);
  const copy = join(folder, 'file');
  if (await deps.cache.restore(key, folder)) {
    if ((await hashFile(copy, algorithm)) === digest) {
      await copyFile(copy, file, constants.COPYFILE_EXCL);
      deps.log.info(`Restored ${what} from the cache of an earlier job and verified its checksum`);
      return;
    }
    deps.log.warning(`Ignoring the cached copy of ${what}: its checksum is wrong`);
    await rm(folder, { recursive: true, force: true });
  }
  const found = await transfer(wanted, deps, (response) => receive(response, wanted, deps));
  if (found !== digest) {
    await rm(file, { force: true });
    const { url } = wanted;
    throw new FederationError('checksum-mismatch', { what, algorithm, expected: digest, found, url });
  }
  deps.log.info(`Downloaded ${what} and verified its checksum`);
  if (!deps.cache.available) return;
  await mkdir(folder, { recursive: true });
  await copyFile(file, copy);
  deps.cache.keep(key, { folder });
}

/** Downloads a short text. Throws FederationError `download-failed`. */
export async function downloadText(what: string, url: string, deps: TransferDeps): Promise<string> {
  return transfer({ what, url }, deps, ({ response }) => response.text());
}

/** An answer whose body is still to be read. */
interface Transfer {
  readonly response: Response;
  /** Postpones the time limit. Called whenever data arrives. */
  extend(): void;
}

class HttpError extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`HTTP ${response.status}`);
    this.response = response;
  }
}

async function transfer<T>(
  { what, url }: Pick<Download, 'what' | 'url'>,
  deps: TransferDeps,
  read: (transfer: Transfer) => Promise<T>,
): Promise<T> {
  let hasAnswered = false;
  const policy = {
    what: `the download of ${what}`,
    budgetSeconds: unreachableBudgetSeconds,
    isTransient: (error: unknown) => judge(error, hasAnswered, deps),
  };
  const attempt = async (signal: AbortSignal, extend: () => void) => {
    hasAnswered = false;
    const response = await deps.fetch(url, { signal });
    if (!response.ok) throw new HttpError(response);
    hasAnswered = true;
    extend();
    return read({ response, extend });
  };
  try {
    return await retry(policy, deps, () => limit(attempt));
  } catch (error) {
    if (errorCode(error) !== undefined) throw error;
    const values = { what, url, problem: errorMessage(error) };
    throw new FederationError('download-failed', values, { cause: error });
  }
}

function judge(error: unknown, hasAnswered: boolean, { clock }: TransferDeps): boolean | Transience {
  // An error with a code is that of a cancelled job or of a file, for example, on a full disk.
  if (errorCode(error) !== undefined) return false;
  if (!(error instanceof HttpError)) return hasAnswered ? { budgetSeconds: interruptedBudgetSeconds } : true;
  const { status, headers } = error.response;
  if (status < 500 && status !== 408 && status !== 429) return false;
  const afterSeconds = retryAfterSeconds(headers.get('retry-after'), clock);
  return { budgetSeconds: busyBudgetSeconds, afterSeconds };
}

/** Runs one attempt, and aborts its signal if no answer, and later no data, arrives in time. */
async function limit<T>(attempt: (signal: AbortSignal, extend: () => void) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const setTimer = (seconds: number, what: string) =>
    setTimeout(() => controller.abort(new Error(`${what} within ${seconds} s`)), seconds * 1000);
  let timer = setTimer(connectSeconds, 'no answer');
  const extend = () => {
    clearTimeout(timer);
    timer = setTimer(stallSeconds, 'no data');
  };
  try {
    return await attempt(controller.signal, extend);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes the body to the file and returns its digest. */
async function receive(
  { response, extend }: Transfer,
  { what, algorithm, file: path }: Download,
  deps: Pick<Deps, 'log' | 'clock'>,
): Promise<string> {
  const file = await open(path, 'wx');
  try {
    const hash = createHash(algorithm);
    const total = Number(response.headers.get('content-length')) || undefined;
    const progress = new Progress(what, total, deps);
    for await (const chunk of response.body ?? []) {
      extend();
      hash.update(chunk);
      await file.write(chunk);
      progress.add(chunk.length);
    }
    return hash.digest('hex');
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
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
    const total = this.#total === undefined ? '' : ` of ${toMegabytes(this.#total)}`;
    this.#deps.log.info(`Downloading ${this.#what}: ${toMegabytes(this.#received)}${total} MB`);
  }
}

const toMegabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
