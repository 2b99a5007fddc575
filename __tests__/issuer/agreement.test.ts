import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as verify from '../../src/verify/index.ts';
import type { Report } from '../../src/verify/report/report.ts';
import { runAction } from '../support/actions.ts';
import { testDeps } from '../support/deps.ts';
import { type HostedIssuer, hostIssuer } from './hosted-issuer.ts';
import {
  accepted,
  openServed,
  rejectedAnswers,
  rejectedDiscoveries,
  rejectedKeys,
  type Served,
} from './served-documents.ts';
import { temporaryFolder } from './support.ts';
import { startWebServer, type WebServer } from './web-server.ts';

/** What an action says of the documents that are served: the code of its error, and its remarks. */
interface Verdict {
  readonly code: string | undefined;
  readonly remarks: readonly string[];
}

let hosted: HostedIssuer;
let elsewhere: WebServer;
let folder: string;
beforeAll(async () => {
  hosted = await hostIssuer();
  elsewhere = await startWebServer();
  folder = temporaryFolder();
  writeFileSync(join(folder, 'kubeconfig'), unusedKubeconfig);
});
afterAll(async () => {
  await hosted?.close();
  await elsewhere?.close();
  rmSync(folder, { recursive: true });
});

// The checks of the documents send nothing to the cluster.
const unusedKubeconfig = JSON.stringify({
  clusters: [{ name: 'unused', cluster: { server: 'https://127.0.0.1:1' } }],
  contexts: [{ name: 'unused', context: { cluster: 'unused', user: 'unused' } }],
  users: [{ name: 'unused', user: { token: 'unused' } }],
  'current-context': 'unused',
});

/** Asks publish-issuer (`storage: none`) and verify-pod about what `serve` makes the server answer. */
async function judge(serve: (served: Served) => void): Promise<{ publisher: Verdict; verifier: Verdict }> {
  const { deps, prove } = hosted.begin();
  serve(openServed(hosted, elsewhere));
  const failure = await prove().then(
    () => undefined,
    (error) => error,
  );
  const warnings = deps.lines.filter((line) => line.startsWith('warning '));
  const remarks = warnings.map((line) => line.replace('warning ', ''));
  return { publisher: { code: failure?.code, remarks }, verifier: await askVerifier() };
}

async function askVerifier(): Promise<Verdict> {
  const anyone = '11111111-2222-4333-8444-555555555555';
  const inputs = {
    kubeconfig: join(folder, 'kubeconfig'),
    'service-account': 'default/app',
    'issuer-url': hosted.issuerUrl,
    'client-id': anyone,
    'tenant-id': anyone,
    'public-key-file': hosted.key.file,
    checks: 'discovery-document,published-jwks',
  };
  const { failure, outputs } = await runAction(verify, inputs, testDeps({ temporaryDirectory: folder }));
  const { checks } = JSON.parse(readFileSync(String(outputs['report-file']), 'utf8')) as Report;
  const remarks = checks.flatMap(({ evidence }) => evidence).filter(({ label }) => label === 'remark');
  return { code: failure?.code, remarks: remarks.map(({ value }) => value) };
}

describe('publish-issuer and verify-pod', () => {
  test.each([...rejectedAnswers, ...rejectedDiscoveries, ...rejectedKeys])(
    'reject %s with the same code',
    async (_, serve, code) => {
      const { publisher, verifier } = await judge(serve);
      expect({ publisher: publisher.code, verifier: verifier.code }).toEqual({
        publisher: code,
        verifier: code,
      });
    },
  );

  test.each(accepted)('accept %s with the same remarks', async (...[, serve, remark]) => {
    const { publisher, verifier } = await judge(serve);
    expect({ publisher: publisher.code, verifier: verifier.code }).toEqual({});
    expect(verifier.remarks).toEqual(publisher.remarks);
    if (remark === undefined) expect(publisher.remarks).toEqual([]);
    else expect(publisher.remarks.join('\n')).toMatch(remark);
  });
});
