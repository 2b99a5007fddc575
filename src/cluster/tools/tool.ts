import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type CachedTool, type Deps, findCached, findOnPath, storeInCache } from '../../runtime/index.ts';
import { pins, type ToolName } from '../pins.ts';
import { download, downloadText } from './download.ts';

type ToolDeps = Pick<Deps, 'exec' | 'env' | 'fetch' | 'log' | 'clock' | 'temporaryDirectory' | 'cache'>;

const architectures: Readonly<Record<string, 'amd64' | 'arm64'>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Returns the file of a tool: from PATH if its version fits, otherwise from the tool cache or by a verified
 * download. `version` has a leading v. Throws FederationError `tool-unavailable` or `checksum-mismatch`.
 */
export async function ensureTool(
  name: ToolName,
  version: string | undefined,
  deps: ToolDeps,
): Promise<string> {
  const found = await findOnPath(name, deps.env);
  if (found !== undefined) {
    const installed = await readVersion(found, deps);
    if (version === undefined || installed === version) {
      deps.log.debug(`Using ${found} (${installed})`);
      return found;
    }
    deps.log.info(`Ignoring ${found} (${installed}), because \`tool-version\` is ${version}`);
  }
  const wanted = version?.slice(1) ?? pins.tools[name].version;
  const tool = toCachedTool(name, wanted);
  const folder = (await findCached(tool, deps)) ?? (await fetchTool(name, wanted, deps));
  return join(folder, name);
}

/** Includes the pinned checksum, so that the cached file is verified on every use. */
function toCachedTool(name: ToolName, version: string): CachedTool {
  const pin = pins.tools[name];
  const arch = architectures[process.arch];
  if (version !== pin.version || arch === undefined) return { name, version };
  return { name, version, sha256: { [name]: pin.sha256[arch] } };
}

async function readVersion(file: string, deps: Pick<Deps, 'exec'>): Promise<string> {
  const { stdout } = await deps.exec(file, ['version'], { timeoutSeconds: 10 });
  return /v\d+\.\d+\.\d+[0-9A-Za-z.-]*/.exec(stdout)?.[0] ?? 'unknown version';
}

async function fetchTool(name: ToolName, version: string, deps: ToolDeps): Promise<string> {
  const arch = process.platform === 'linux' ? architectures[process.arch] : undefined;
  if (arch === undefined) {
    const problem = `no download is pinned for ${process.platform} ${process.arch}`;
    throw new FederationError('tool-unavailable', { tool: name, version, problem });
  }
  const what = `${name} v${version}`;
  const url = pins.tools[name].url.replace('{version}', version).replace('{arch}', arch);
  try {
    const digest = await findDigest(name, version, arch, url, deps);
    return await storeInCache(toCachedTool(name, version), deps, async (folder) => {
      const file = join(folder, name);
      await download({ what, url, algorithm: 'sha256', digest, file }, deps);
      await chmod(file, 0o755);
    });
  } catch (error) {
    if (!(error instanceof FederationError) || error.code !== 'download-failed') throw error;
    const values = { tool: name, version, problem: errorMessage(error) };
    throw new FederationError('tool-unavailable', values, { cause: error });
  }
}

/**
 * Returns the pinned digest of the pinned version. For other versions, the checksum that the publisher
 * provides has to do: it reveals a damaged file, not a forged release.
 */
async function findDigest(
  name: ToolName,
  version: string,
  arch: 'amd64' | 'arm64',
  url: string,
  deps: ToolDeps,
): Promise<string> {
  const pin = pins.tools[name];
  if (version === pin.version) return pin.sha256[arch];
  const checksumUrl = `${url}${pin.checksumSuffix}`;
  const text = await downloadText(`the checksum of ${name} v${version}`, checksumUrl, deps);
  const digest = /^[0-9a-f]{64}\b/.exec(text)?.[0];
  if (digest !== undefined) return digest;
  const problem = `${checksumUrl} contains no checksum`;
  throw new FederationError('tool-unavailable', { tool: name, version, problem });
}
