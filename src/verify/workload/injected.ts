import type { V1Pod } from '@kubernetes/client-node';
import { findInjectedToken, findVariable, injectedVariables } from '../../webhook/index.ts';
import type { Evidence } from '../refusals/check-failed-error.ts';

/** Returns the injected variables and the audience of the injected token, as evidence. */
export function describeInjectedValues(pod: V1Pod): Evidence {
  const [container] = pod.spec?.containers ?? [];
  const token = findInjectedToken(pod);
  const variables = injectedVariables.map(
    (name) => [name, (container && findVariable(container, name)) ?? ''] as const,
  );
  return [...variables, ['audience of the token', token?.audience ?? '']];
}
