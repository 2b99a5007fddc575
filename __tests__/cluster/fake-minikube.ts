import { createCommands } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import type { Workshop } from '../support/workshop.ts';

/**
 * Dependencies with a fake minikube that runs `script`. $profile is the profile, $certs the folder that
 * minikube copies keys from.
 */
export function fakeMinikube(shop: Workshop, script: string): TestDeps {
  shop.program(
    'bin/minikube',
    `[ "$1" = version ] && echo "minikube version: v1.38.1" && exit
profile=$(echo "$*" | sed -n 's/.*--profile=\\([a-z]*\\).*/\\1/p')
certs=$MINIKUBE_HOME/.minikube/files/var/lib/minikube/certs
echo "$@" >> ${shop.path('calls')}
${script}`,
  );
  const env = {
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
  };
  return testDeps({ env, ...createCommands(env), temporaryDirectory: shop.folder });
}
