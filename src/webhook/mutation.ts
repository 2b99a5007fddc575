import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { type InjectedVariable, injectedVariables, skipContainersAnnotation } from './contract.ts';

/** What a mutated pod must contain. The path of the token file follows from its mount. */
export interface ExpectedMutation {
  readonly variables: Readonly<Record<Exclude<InjectedVariable, 'AZURE_FEDERATED_TOKEN_FILE'>, string>>;
  readonly audience: string;
  /** Lifetime of the projected token in seconds. */
  readonly expirationSeconds: number;
}

/** What the webhook adds to a pod. */
export type InjectedThing = InjectedVariable | 'volume' | 'mount' | 'audience' | 'lifetime';

/** One difference between a pod and what the webhook should have injected. */
export interface MutationFault {
  readonly what: InjectedThing;
  /** `container "oidc": AZURE_CLIENT_ID`. */
  readonly where: string;
  readonly expected: string;
  /** Undefined if it is missing. */
  readonly found: string | undefined;
}

/** The projected token that the webhook adds to a pod. */
export interface InjectedToken {
  readonly volume: string;
  readonly audience: string | undefined;
  readonly expirationSeconds: number | undefined;
  /** Path below the mount of the volume. */
  readonly path: string;
}

// Up to v1.5, the volume has a fixed name. Since v1.6, the name ends with a hash of the pod's name.
const volumeName = /^azure-identity-token$|^azure-workload-identity-reserved-/;

/**
 * Returns the token that the webhook added to a pod, or undefined. The path differs between versions of the webhook: read it from
 * AZURE_FEDERATED_TOKEN_FILE.
 */
export function findInjectedToken(pod: V1Pod): InjectedToken | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    if (!volumeName.test(volume.name)) continue;
    for (const { serviceAccountToken: token } of volume.projected?.sources ?? []) {
      if (!token) continue;
      const { audience, expirationSeconds, path } = token;
      return { volume: volume.name, audience, expirationSeconds, path };
    }
  }
  return undefined;
}

/** Returns the value of a variable that the container sets itself or that the webhook injected. */
export function findVariable(container: V1Container, name: string): string | undefined {
  return container.env?.find((variable) => variable.name === name)?.value;
}

/** Returns every difference between a pod and what the webhook should have injected, values included. */
export function findMutationFaults(pod: V1Pod, expected: ExpectedMutation): readonly MutationFault[] {
  const token = findInjectedToken(pod);
  if (token === undefined) {
    return [
      { what: 'volume', where: 'volumes', expected: 'a projected service account token', found: undefined },
    ];
  }
  const { audience, expirationSeconds } = expected;
  return [
    ...compare('audience', 'token audience', audience, token.audience),
    ...compare('lifetime', 'token lifetime', String(expirationSeconds), String(token.expirationSeconds)),
    ...listMutatedContainers(pod).flatMap((container) => findContainerFaults(container, token, expected)),
  ];
}

/** Returns the containers that the webhook changes: all except those that an annotation of the pod excludes. */
function listMutatedContainers(pod: V1Pod): readonly V1Container[] {
  const skipped = (pod.metadata?.annotations?.[skipContainersAnnotation] ?? '')
    .split(';')
    .map((name) => name.trim());
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].filter(
    ({ name }) => !skipped.includes(name),
  );
}

function findContainerFaults(
  container: V1Container,
  token: InjectedToken,
  expected: ExpectedMutation,
): readonly MutationFault[] {
  const where = `container "${container.name}"`;
  const mount = container.volumeMounts?.find(({ name }) => name === token.volume);
  const compareVariable = (name: InjectedVariable, value: string) =>
    compare(name, `${where}: ${name}`, value, findVariable(container, name));
  const variables = injectedVariables.flatMap((name) =>
    name === 'AZURE_FEDERATED_TOKEN_FILE' ? [] : compareVariable(name, expected.variables[name]),
  );
  if (!mount) {
    return [
      ...variables,
      { what: 'mount', where: `${where}: mount`, expected: `of ${token.volume}`, found: undefined },
    ];
  }
  return [
    ...variables,
    ...compareVariable('AZURE_FEDERATED_TOKEN_FILE', `${mount.mountPath}/${token.path}`),
    ...compare('mount', `${where}: mount is read-only`, 'true', String(mount.readOnly ?? false)),
  ];
}

function compare(
  what: InjectedThing,
  where: string,
  expected: string,
  found: string | undefined,
): readonly MutationFault[] {
  return expected === found ? [] : [{ what, where, expected, found }];
}
