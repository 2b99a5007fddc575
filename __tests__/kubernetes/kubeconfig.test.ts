import { delimiter } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectCluster, formatSubject, parseServiceAccount } from '../../src/kubernetes/index.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

/** Writes a kubeconfig with one context, cluster and user. */
function writeKubeconfig(
  file: string,
  name: string,
  { user = name, current = name }: { readonly user?: string; readonly current?: string } = {},
): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    clusters: [{ name, cluster: { server: `https://${name}.example`, 'certificate-authority': 'ca.crt' } }],
    users: [
      { name: user, user: { 'client-certificate': 'tls/client.crt', 'client-key': '/abs/client.key' } },
    ],
    contexts: [{ name, context: { cluster: name, user } }],
  };
  return shop.file(file, JSON.stringify(config));
}

const connect = (...files: readonly string[]) =>
  connectCluster({}, { env: { KUBECONFIG: files.join(delimiter) } });

describe('connectCluster', () => {
  test('resolves certificate paths against the folder of the kubeconfig', async () => {
    const { config } = await connectCluster({ kubeconfig: writeKubeconfig('a/config', 'one') }, { env: {} });
    expect(config.getCurrentCluster()?.caFile).toBe(shop.path('a', 'ca.crt'));
    expect(config.getCurrentUser()).toMatchObject({
      certFile: shop.path('a', 'tls', 'client.crt'),
      keyFile: '/abs/client.key',
    });
  });

  test('merges the files in KUBECONFIG, each with its own folder', async () => {
    const { config } = await connect(writeKubeconfig('a/config', 'one'), writeKubeconfig('b/config', 'two'));
    expect(config.getContexts().map(({ name }) => name)).toEqual(['one', 'two']);
    expect(config.getCluster('two')?.caFile).toBe(shop.path('b', 'ca.crt'));
    expect(config.getCurrentContext()).toBe('one');
  });

  test('takes a name and the current context from the first file that defines them', async () => {
    const first = writeKubeconfig('a/config', 'one', { user: 'admin', current: '' });
    const second = writeKubeconfig('b/config', 'two', { user: 'admin' });
    const { config } = await connect(first, second);
    expect(config.getCurrentContext()).toBe('two');
    expect(config.getUser('admin')?.certFile).toBe(shop.path('a', 'tls', 'client.crt'));
  });

  test('returns the file that defines the context', async () => {
    const files = [writeKubeconfig('a/config', 'one'), writeKubeconfig('b/config', 'two')];
    const env = { KUBECONFIG: files.join(delimiter) };
    expect(await connectCluster({ context: 'two' }, { env })).toMatchObject({ kubeconfigFile: files[1] });
  });

  test('skips missing files in KUBECONFIG', async () => {
    const { config } = await connect(shop.path('absent'), writeKubeconfig('config', 'one'));
    expect(config.getCurrentContext()).toBe('one');
  });

  test('reads ~/.kube/config by default', async () => {
    writeKubeconfig('.kube/config', 'home');
    const { config } = await connectCluster({}, { env: { HOME: shop.folder } });
    expect(config.getCurrentContext()).toBe('home');
  });

  test.each([
    ['a missing file', () => shop.path('absent')],
    ['a file that is not YAML', () => shop.file('config', '{')],
    ['a kubeconfig without a cluster', () => shop.file('config', '{"apiVersion":"v1","kind":"Config"}')],
    ['a current context that does not exist', () => writeKubeconfig('config', 'one', { current: 'two' })],
  ])('rejects %s', async (_, file) => {
    await expect(connect(file())).rejects.toMatchObject({ code: 'kubeconfig-unreadable' });
  });

  test('rejects an unknown context and lists the known ones', async () => {
    const kubeconfig = writeKubeconfig('config', 'one');
    await expect(connectCluster({ kubeconfig, context: 'two' }, { env: {} })).rejects.toMatchObject({
      code: 'context-unknown',
      message: expect.stringContaining('its contexts are one'),
    });
  });
});

describe('parseServiceAccount', () => {
  test('reads what formatSubject writes into subjects', () => {
    expect(formatSubject(parseServiceAccount('ns/app.x'))).toBe('system:serviceaccount:ns:app.x');
  });

  test.each(['app', 'NS/app', 'ns/app/x', 'ns/-app', '/app'])('rejects "%s"', (line) => {
    expect(() => parseServiceAccount(line)).toThrow('namespace/name');
  });
});
