import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../support/workshop.ts';

/** A container registry on loopback, which Docker trusts without HTTPS. It contains one image. */
export interface Registry {
  /** Name of the image, with its digest. */
  readonly reference: string;
  close(): Promise<void>;
}

interface Blob {
  readonly digest: string;
  readonly size: number;
  readonly file: string;
}

/** Serves an image of the Docker on this machine. `folder` receives its files. */
export async function serveImage(image: string, folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'image.tar');
  execFileSync('docker', ['save', `--output=${archive}`, image]);
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  const [saved] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as [
    { Config: string; Layers: readonly string[] },
  ];
  const config = await readBlob(join(folder, saved.Config));
  const layers = await Promise.all(saved.Layers.map((layer) => readBlob(join(folder, layer))));
  const docker = 'application/vnd.docker';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${docker}.distribution.manifest.v2+json`,
    config: { mediaType: `${docker}.container.image.v1+json`, size: config.size, digest: config.digest },
    layers: layers.map(({ size, digest }) => ({
      mediaType: `${docker}.image.rootfs.diff.tar`,
      size,
      digest,
    })),
  });
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  const server = await serve(({ method, url = '' }, response) => {
    const blob = [config, ...layers].find((one) => url.endsWith(`/blobs/${one.digest}`));
    if (url === '/v2/') return response.end('{}');
    if (url.includes('/manifests/')) {
      response.writeHead(200, {
        'content-type': `${docker}.distribution.manifest.v2+json`,
        'content-length': Buffer.byteLength(manifest),
        'docker-content-digest': digest,
      });
      return response.end(method === 'HEAD' ? undefined : manifest);
    }
    if (blob === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-length': blob.size, 'docker-content-digest': blob.digest });
    return createReadStream(blob.file).pipe(response);
  });
  const host = server.url.replace('http://', '');
  return { reference: `${host}/kind-node:test@${digest}`, close: server.close };
}

async function readBlob(file: string): Promise<Blob> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return { digest: `sha256:${hash.digest('hex')}`, size: statSync(file).size, file };
}
