import { readFile } from 'node:fs/promises';
import type { V1Deployment } from '@kubernetes/client-node';
import { type Cluster, read } from '../kubernetes/index.ts';
import { deploymentName, systemNamespace } from './contract.ts';

/**
 * Version of azure-workload-identity that a webhook program was built from, out of the module information that Go writes into every program.
 * Its own --version says nothing unless the build stamped it. Undefined where there is no such information.
 */
export async function versionOfProgram(program: string): Promise<string | undefined> {
  const content = await readFile(program);
  const start = content.indexOf(moduleLine);
  if (start < 0) return undefined;
  const text = content.toString('latin1', start + moduleLine.length, start + moduleLine.length + 80);
  return /^v[^\t\n]+/.exec(text)?.[0];
}

const moduleLine = 'mod\tgithub.com/Azure/azure-workload-identity\t';

/** Version in the tag of the Deployment's image; undefined where it is named by digest alone, or in another way. */
export async function deployedVersion(cluster: Cluster): Promise<string | undefined> {
  const deployment = await read<V1Deployment>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: deploymentName, namespace: systemNamespace },
  });
  const [container] = deployment?.spec?.template.spec?.containers ?? [];
  return /:(v\d+\.\d+\.\d+[\w.-]*)(@|$)/.exec(container?.image ?? '')?.[1];
}
