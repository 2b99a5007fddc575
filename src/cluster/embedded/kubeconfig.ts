import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse, stringify } from 'yaml';

/** An embedded cluster as a later step finds it through the kubeconfig. */
export interface EmbeddedCluster {
  /** Folder of the cluster, for `registerProcess` and files of other links. */
  readonly directory: string;
  /** File of azure-wi-webhook, which runs next to the API server. */
  readonly webhookProgram: string;
}

// Kubeconfigs may contain extensions, which kubectl and the client keep and ignore.
const extensionName = 'embedded.entra-kubernetes-federation';

export interface KubeconfigContent extends EmbeddedCluster {
  readonly name: string;
  readonly server: string;
  /** PEM of the CA that issued the certificate of the API server. */
  readonly certificateAuthority: string;
  readonly token: string;
}

/** Writes the kubeconfig of the administrator, mode 0600. */
export async function writeKubeconfig(file: string, content: KubeconfigContent): Promise<void> {
  const { name, server, certificateAuthority, token, directory, webhookProgram } = content;
  const cluster = {
    server,
    'certificate-authority-data': Buffer.from(certificateAuthority).toString('base64'),
    extensions: [{ name: extensionName, extension: { directory, webhook: webhookProgram } }],
  };
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  await writeFile(file, stringify(kubeconfig, { lineWidth: 0 }), { mode: 0o600 });
}

const kubeconfigSchema = v.object({
  'current-context': v.nullish(v.string()),
  contexts: v.nullish(v.array(v.object({ name: v.string(), context: v.object({ cluster: v.string() }) }))),
  clusters: v.nullish(
    v.array(
      v.object({
        name: v.string(),
        cluster: v.object({
          extensions: v.nullish(v.array(v.object({ name: v.string(), extension: v.unknown() }))),
        }),
      }),
    ),
  ),
});

const extensionSchema = v.object({ directory: v.string(), webhook: v.string() });

/**
 * Returns the embedded cluster of a context (default: the current one) of a kubeconfig; undefined for any
 * other cluster.
 */
export async function readEmbeddedCluster(
  kubeconfigFile: string,
  context?: string,
): Promise<EmbeddedCluster | undefined> {
  const config = v.safeParse(kubeconfigSchema, parse(await readFile(kubeconfigFile, 'utf8')));
  if (!config.success) return undefined;
  const { 'current-context': current, contexts, clusters } = config.output;
  const wanted = contexts?.find(({ name }) => name === (context ?? current));
  const found = clusters?.find(({ name }) => name === wanted?.context.cluster);
  const entry = found?.cluster.extensions?.find(({ name }) => name === extensionName);
  const extension = v.safeParse(extensionSchema, entry?.extension);
  if (!extension.success) return undefined;
  return { directory: extension.output.directory, webhookProgram: extension.output.webhook };
}
