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

/** The archive in the tool cache. */
export const envtest: CachedTool = { name: 'envtest', version: pins.envtest.version };

/** The pinned archive for this machine; undefined where none has a known checksum. */
export function envtestArchive(platform: string, arch: string): Archive | undefined {
  const archives: Readonly<Record<string, Archive>> = pins.envtest.archives;
  return platform === 'linux' ? archives[arch] : undefined;
}

/**
 * Downloads kube-apiserver and etcd as published, verifies them and stores them in the tool cache; returns their folder.
 * Throws FederationError `download-failed`, `checksum-mismatch` or `archive-unreadable`.
 */
export async function fetchEnvtest(
  archive: Archive,
  deps: Pick<Deps, 'fetch' | 'log' | 'clock' | 'env' | 'temporaryDirectory' | 'cache'>,
): Promise<string> {
  const what = `the envtest archive v${pins.envtest.version}`;
  return storeInCache(envtest, deps, async (folder) => {
    const file = join(folder, 'archive.tar.gz');
    await download({ what, url: archive.url, algorithm: 'sha512', digest: archive.sha512, file }, deps);
    const problem = await extractTar(file, folder, 2).then(
      () => undefined,
      (error: unknown) => errorMessage(error),
    );
    for (const program of pins.envtest.programs) {
      if (problem === undefined && (await isProgram(join(folder, program)))) continue;
      throw new FederationError(`failed to unpack ${what}: ${problem ?? `there is no ${program} in it`}`, {
        code: 'archive-unreadable',
        fault: 'service',
      });
    }
    await rm(file);
  });
}
