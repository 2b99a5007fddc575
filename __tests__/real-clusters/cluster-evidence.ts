import { get } from 'node:https';
import { shellImage } from './support.ts';

/** Runs kubectl on a cluster and returns its stdout. */
type Kubectl = (...args: readonly string[]) => Promise<string>;

/** The documents that verify a token. */
export interface PublishedDocuments {
  readonly discovery: Record<string, unknown>;
  readonly jwks: { keys: [] };
}

/** Returns the token for an audience that the service account `reader` gets in a pod. */
export async function projectToken(kubectl: Kubectl, audience: string): Promise<string> {
  await kubectl('create', 'namespace', 'workload');
  await kubectl('create', 'serviceaccount', 'reader', '--namespace=workload');
  const pod = {
    serviceAccountName: 'reader',
    containers: [
      {
        name: 'main',
        image: shellImage,
        command: ['sleep', '600'],
        volumeMounts: [{ name: 'token', mountPath: '/token' }],
      },
    ],
    volumes: [
      { name: 'token', projected: { sources: [{ serviceAccountToken: { audience, path: 'token' } }] } },
    ],
  };
  const overrides = JSON.stringify({ apiVersion: 'v1', spec: pod });
  await kubectl(
    'run',
    'main',
    '--namespace=workload',
    `--image=${shellImage}`,
    '--restart=Never',
    `--overrides=${overrides}`,
  );
  await kubectl('wait', 'pod/main', '--namespace=workload', '--for=condition=Ready', '--timeout=120s');
  return kubectl('exec', 'main', '--namespace=workload', '--', 'cat', '/token/token');
}

/** Returns what the issuer publishes. `ca` issued the certificate of its host. */
export async function readPublishedDocuments(issuerUrl: string, ca: string): Promise<PublishedDocuments> {
  const discovery = await fetchJson(`${issuerUrl}.well-known/openid-configuration`, ca);
  return { discovery, jwks: (await fetchJson(String(discovery.jwks_uri), ca)) as { keys: [] } };
}

function fetchJson(url: string, ca: string): Promise<Record<string, unknown>> {
  return new Promise((settle, reject) => {
    get(url, { ca }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => settle(JSON.parse(body) as Record<string, unknown>)).on('error', reject);
    }).on('error', reject);
  });
}
