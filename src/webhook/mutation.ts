import { createHash } from 'node:crypto';
import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { type InjectedVariable, injectedVariables, skipContainersAnnotation } from './contract.ts';

/** What a mutated pod must carry. The token file's path follows from its mount. */
export interface ExpectedMutation {
  readonly variables: Readonly<Record<Exclude<InjectedVariable, 'AZURE_FEDERATED_TOKEN_FILE'>, string>>;
  readonly audience: string;
  /** Lifetime of the projected token in seconds. */
  readonly expirationSeconds: number;
}

/** What the webhook puts into a pod. */
export type InjectedThing = InjectedVariable | 'volume' | 'mount' | 'audience' | 'lifetime';

/** One thing of a pod that is not as the webhook makes it. */
export interface MutationFault {
  readonly what: InjectedThing;
  /** `container "oidc": AZURE_CLIENT_ID`. */
  readonly where: string;
  readonly expected: string;
  /** Undefined where it is missing. */
  readonly found: string | undefined;
}

/** The projected token that a pod gets from the webhook. */
export interface InjectedToken {
  readonly volume: string;
  readonly audience: string | undefined;
  readonly expirationSeconds: number | undefined;
  /** Path below the volume's mount. */
  readonly path: string;
}

/**
 * The webhook's volume in a pod: up to v1.5 it has a fixed name, since v1.6 the name ends in a hash of the pod's. The path moved as well,
 * so that readers must go by AZURE_FEDERATED_TOKEN_FILE and never by a path that they remember.
 */
export function findInjectedToken(pod: V1Pod): InjectedToken | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    if (volume.name !== 'azure-identity-token' && !volume.name.startsWith(volumePrefix)) continue;
    for (const { serviceAccountToken: token } of volume.projected?.sources ?? []) {
      if (token)
        return {
          volume: volume.name,
          audience: token.audience,
          expirationSeconds: token.expirationSeconds,
          path: token.path,
        };
    }
  }
  return undefined;
}

const volumePrefix = 'azure-workload-identity-reserved-';

/** The volume's name in v1.6: 63 characters, of which the last 30 are a hash of the pod's name. */
export function volumeNameFor(podName: string): string {
  const hash = createHash('sha256').update(podName).digest('hex');
  return `${volumePrefix}${hash}`.slice(0, 63);
}

/** The containers that the webhook changes: all but those that the pod's annotation takes out. */
export function mutableContainers(pod: V1Pod): readonly V1Container[] {
  const skipped = (pod.metadata?.annotations?.[skipContainersAnnotation] ?? '')
    .split(';')
    .map((name) => name.trim());
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].filter(
    ({ name }) => !skipped.includes(name),
  );
}

/** Value of a variable that the container sets itself or had set by the webhook. */
export function findVariable(container: V1Container, name: string): string | undefined {
  return container.env?.find((variable) => variable.name === name)?.value;
}

/** Everything in a pod that differs from what the webhook should have made of it, values compared; empty where all is right. */
export function mutationFaults(pod: V1Pod, expected: ExpectedMutation): readonly MutationFault[] {
  const token = findInjectedToken(pod);
  if (token === undefined) {
    return [
      { what: 'volume', where: 'volumes', expected: 'a projected service account token', found: undefined },
    ];
  }
  return [
    ...differing('audience', 'token audience', expected.audience, token.audience),
    ...differing(
      'lifetime',
      'token lifetime',
      String(expected.expirationSeconds),
      String(token.expirationSeconds),
    ),
    ...mutableContainers(pod).flatMap((container) => containerFaults(container, token, expected)),
  ];
}

function containerFaults(
  container: V1Container,
  token: InjectedToken,
  expected: ExpectedMutation,
): readonly MutationFault[] {
  const where = `container "${container.name}"`;
  const mount = container.volumeMounts?.find(({ name }) => name === token.volume);
  const variable = (name: InjectedVariable, value: string) =>
    differing(name, `${where}: ${name}`, value, findVariable(container, name));
  const variables = injectedVariables.flatMap((name) =>
    name === 'AZURE_FEDERATED_TOKEN_FILE' ? [] : variable(name, expected.variables[name]),
  );
  if (!mount) {
    return [
      ...variables,
      { what: 'mount', where: `${where}: mount`, expected: `of ${token.volume}`, found: undefined },
    ];
  }
  return [
    ...variables,
    ...variable('AZURE_FEDERATED_TOKEN_FILE', `${mount.mountPath}/${token.path}`),
    ...differing('mount', `${where}: mount is read-only`, 'true', String(mount.readOnly ?? false)),
  ];
}

function differing(
  what: InjectedThing,
  where: string,
  expected: string,
  found: string | undefined,
): readonly MutationFault[] {
  return expected === found ? [] : [{ what, where, expected, found }];
}
