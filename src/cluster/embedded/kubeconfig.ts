import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';

/** An embedded cluster as a later step finds it through the kubeconfig. */
export interface EmbeddedCluster {
  /** Folder of the cluster, for `registerProcess` and files of one's own. */
  readonly directory: string;
  /** File of azure-wi-webhook, to be run beside the API server. */
  readonly webhookProgram: string;
}

// Kubeconfigs have room for extensions of others; kubectl and the client keep and ignore them.
const extensionName = 'embedded.entra-kubernetes-federation';

export interface KubeconfigContent extends EmbeddedCluster {
  readonly name: string;
  readonly server: string;
  /** PEM of what the API server's certificate is verified with. */
  readonly certificateAuthority: string;
  readonly token: string;
}

/** Writes the admin kubeconfig, mode 0600. */
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

interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name?: string; readonly context?: { readonly cluster?: string } }[];
  readonly clusters?: readonly {
    readonly name?: string;
    readonly cluster?: {
      readonly extensions?: readonly {
        readonly name?: string;
        readonly extension?: Record<string, unknown>;
      }[];
    };
  }[];
}

/** The embedded cluster behind a context of a kubeconfig (default: its current one); undefined where that is any other cluster. */
export async function readEmbeddedCluster(
  kubeconfigFile: string,
  context?: string,
): Promise<EmbeddedCluster | undefined> {
  const config = parse(await readFile(kubeconfigFile, 'utf8')) as Kubeconfig | null;
  const wanted = context ?? config?.['current-context'];
  const clusterName = config?.contexts?.find(({ name }) => name === wanted)?.context?.cluster;
  const cluster = config?.clusters?.find(({ name }) => name === clusterName)?.cluster;
  const extension = cluster?.extensions?.find(({ name }) => name === extensionName)?.extension;
  if (typeof extension?.directory !== 'string' || typeof extension.webhook !== 'string') return undefined;
  return { directory: extension.directory, webhookProgram: extension.webhook };
}
