import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { definition } from '../../src/cluster/definition.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { createSourceJob } from '../support/source-job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let service: CacheService;
beforeEach(async () => {
  shop = workshop();
  service = await cacheService(shop.path('service'));
});
afterEach(async () => {
  await service.close();
  shop.remove();
});

test('inputs, which may be secrets, are in the environment of no program: neither of an action, nor of a library', async () => {
  // minikube is started by the action, tar by the client of the cache service.
  shop.program(
    'bin/minikube',
    `env >> ${shop.path('seen-by-minikube')}
[ "$1" = version ] && echo minikube version: v1.38.1
[ "$1" = start ] && mkdir -p $MINIKUBE_HOME/.minikube/cache && echo x > $MINIKUBE_HOME/.minikube/cache/x
true`,
  );
  shop.program('bin/tar', `env >> ${shop.path('seen-by-tar')}\nexec /usr/bin/tar "$@"`);
  const { job } = createSourceJob(shop, definition, {
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
    ...service.env,
  });
  const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
  await job.step('Cluster', '.', {
    'issuer-url': 'https://example.org/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
  });
  await job.finish();
  for (const program of ['minikube', 'tar']) {
    const seen = readFileSync(shop.path(`seen-by-${program}`), 'utf8');
    expect(seen).toContain('GITHUB_WORKSPACE=');
    expect(seen).not.toMatch(/^INPUT_/m);
  }
});
