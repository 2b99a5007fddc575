import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type CachedTool, type Deps, extractTar, isProgram, storeInCache } from '../../runtime/index.ts';
import { pins } from '../pins.ts';
import { download } from '../tools/download.ts';

export interface Archive {
  readonly url: string;
  readonly sha512: string;
}

/** The extracted archive in the tool cache. */
export const envtest: CachedTool = { name: 'envtest', version: pins.envtest.version };

/** Returns the pinned archive for this machine; undefined if none has a known checksum. */
export function findEnvtestArchive(platform: string, arch: string): Archive | undefined {
  const archives: Readonly<Record<string, Archive>> = pins.envtest.archives;
  return platform === 'linux' ? archives[arch] : undefined;
}

/**
 * Downloads the published kube-apiserver and etcd, verifies them and stores them in the tool cache. Returns
 * their folder.
 * Throws FederationError `download-failed`, `checksum-mismatch` or `archive-unreadable`.
 */
export async function fetchEnvtest(
  archive: Archive,
  deps: Pick<Deps, 'fetch' | 'log' | 'clock' | 'env' | 'temporaryDirectory' | 'cache'>,
): Promise<string> {
  const { version, programs } = pins.envtest;
  const what = `the envtest archive v${version}`;
  return storeInCache(envtest, deps, async (folder) => {
    const file = join(folder, 'archive.tar.gz');
    await download({ what, url: archive.url, algorithm: 'sha512', digest: archive.sha512, file }, deps);
    const failure = await extractTar(file, folder, 2).then(() => undefined, errorMessage);
    for (const program of programs) {
      if (failure === undefined && (await isProgram(join(folder, program)))) continue;
      throw new FederationError('archive-unreadable', { what, problem: failure ?? `${program} is missing` });
    }
    await rm(file);
  });
}
