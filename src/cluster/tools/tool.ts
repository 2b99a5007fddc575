import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type CachedTool, type Deps, findCached, findOnPath, storeInCache } from '../../runtime/index.ts';
import { pins, type ToolName } from '../pins.ts';
import { download } from './download.ts';

type ToolDeps = Pick<Deps, 'exec' | 'env' | 'fetch' | 'log' | 'clock' | 'temporaryDirectory' | 'cache'>;

const architectures: Readonly<Record<string, 'amd64' | 'arm64'>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The tool's file: the one on PATH where its version is not asked for or fits, else one of the tool cache, else a verified download.
 * `version` has a leading v. Throws FederationError `tool-unavailable` or `checksum-mismatch`.
 */
export async function ensureTool(
  name: ToolName,
  version: string | undefined,
  deps: ToolDeps,
): Promise<string> {
  const found = await findOnPath(name, deps.env);
  if (found !== undefined) {
    const installed = await versionOf(found, deps);
    if (version === undefined || installed === version) {
      deps.log.debug(`${name} ${installed ?? 'of unknown version'}: ${found}`);
      return found;
    }
    deps.log.info(`${found} is ${installed ?? 'of unknown version'}, and tool-version asks for ${version}`);
  }
  const wanted = version?.slice(1) ?? pins.tools[name].version;
  const folder =
    (await findCached(toCachedTool(name, wanted), deps)) ?? (await fetchTool(name, wanted, deps));
  return join(folder, name);
}

/** With its checksum if that is pinned, so that what is in the cache is verified on every use. */
function toCachedTool(name: ToolName, version: string): CachedTool {
  const pin = pins.tools[name];
  const arch = architectures[process.arch];
  if (version !== pin.version || arch === undefined) return { name, version };
  return { name, version, sha256: { [name]: pin.sha256[arch] } };
}

async function versionOf(file: string, deps: Pick<Deps, 'exec'>): Promise<string | undefined> {
  const { stdout } = await deps.exec(file, ['version'], { timeoutSeconds: 10 });
  return /v\d+\.\d+\.\d+[0-9A-Za-z.-]*/.exec(stdout)?.[0];
}

async function fetchTool(name: ToolName, version: string, deps: ToolDeps): Promise<string> {
  const arch = process.platform === 'linux' ? architectures[process.arch] : undefined;
  try {
    if (arch === undefined)
      throw new Error(`there is no pinned download for ${process.platform} ${process.arch}`);
    const url = pins.tools[name].url.replace('{version}', version).replace('{arch}', arch);
    const digest = await digestOf(name, version, arch, url, deps);
    return await storeInCache(toCachedTool(name, version), deps, async (folder) => {
      const file = join(folder, name);
      await download({ what: `${name} v${version}`, url, algorithm: 'sha256', digest, file }, deps);
      await chmod(file, 0o755);
    });
  } catch (error) {
    if (error instanceof FederationError && error.code !== 'download-failed') throw error;
    throw new FederationError(
      `failed to get ${name}: none on PATH or in the tool cache, and ${errorMessage(error)}`,
      {
        code: 'tool-unavailable',
        fault: 'service',
        hint: `Install ${name} on the runner, restore ${name}/${version} of its tool cache, or let the job reach github.com.`,
        cause: error,
      },
    );
  }
}

/** Pinned where the pinned version is asked for. For another one the publisher's own checksum must do: it shows a damaged file, not a forged release. */
async function digestOf(
  name: ToolName,
  version: string,
  arch: 'amd64' | 'arm64',
  url: string,
  deps: ToolDeps,
): Promise<string> {
  const pin = pins.tools[name];
  if (version === pin.version) return pin.sha256[arch];
  const response = await deps.fetch(`${url}${pin.checksumSuffix}`, { signal: AbortSignal.timeout(5_000) });
  const digest = /^[0-9a-f]{64}\b/.exec(response.ok ? await response.text() : '')?.[0];
  if (digest === undefined)
    throw new Error(
      `no ${name} v${version} is published (HTTP ${response.status} for ${url}${pin.checksumSuffix})`,
    );
  return digest;
}
