import { rmSync } from 'node:fs';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, type KeyFile, keyFile, type Published, publish, temporaryFolder } from './support.ts';
import { startWebServer, type WebServer } from './web-server.ts';

export const discoveryPath = '/.well-known/openid-configuration';
export const jwksPath = '/openid/v1/jwks';

/** An issuer on a web server of the test. */
export interface HostedIssuer {
  readonly server: WebServer;
  readonly issuerUrl: string;
  /** The key that it must publish. */
  readonly key: KeyFile;
  /** A key that it does not publish. */
  readonly other: KeyFile;
  /** Begins a test: the server serves the documents that publish-issuer would write. */
  begin(): Proof;
  close(): Promise<void>;
}

/** The runs of one test. */
export interface Proof {
  readonly deps: TestDeps;
  readonly clock: ReturnType<typeof manualClock>;
  /** Runs publish-issuer with `storage: none`. */
  prove(given?: Given): Promise<Published>;
}

export async function hostIssuer(): Promise<HostedIssuer> {
  const folder = temporaryFolder();
  const server = await startWebServer();
  const issuerUrl = `${server.origin}/`;
  const key = keyFile(folder);
  const inputs = { storage: 'none', 'issuer-url': issuerUrl, 'public-key-file': key.file };
  return {
    server,
    issuerUrl,
    key,
    other: keyFile(folder),
    begin: () => {
      server.answer(discoveryPath, { body: JSON.stringify(buildDiscovery(issuerUrl)) });
      server.answer(jwksPath, { body: JSON.stringify(toJwks([key.publicKey])) });
      const clock = manualClock();
      const deps = testDeps({ clock });
      const prove: Proof['prove'] = (given) =>
        publish({ ...inputs, 'propagation-timeout': '1m', ...given }, deps);
      return { deps, clock, prove };
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns the headers and the body of an error of Azure Storage. */
export function storageError(code: string) {
  return { headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' }, body: '<Error/>' };
}
