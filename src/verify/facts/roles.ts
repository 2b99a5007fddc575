import { collectPages, quoteOData } from '../../azure/index.ts';
import type { Surroundings } from '../surroundings.ts';
import { getFirstLine } from './credentials.ts';

/** The roles of an identity on a vault, or why they cannot be read. */
export type GrantedRoles =
  | {
      readonly kind: 'read';
      /** Names of the roles that allow reading secrets. */
      readonly reading: readonly string[];
      /** IDs of the others. */
      readonly others: readonly string[];
    }
  | { readonly kind: 'unreadable'; readonly why: string };

// Built-in roles with the data action secrets/getSecret, by GUID.
const readingRoles: Readonly<Record<string, string>> = {
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '00482a5a-887f-4fb3-b363-3b7fe8e74483': 'Key Vault Administrator',
};

/**
 * Reads the role assignments of the identity that a vault rejected, at the vault and above it. The refusal
 * names both: `Caller: appid=…;oid=…` and `Resource: '/subscriptions/…/vaults/…'`.
 */
export async function readGrantedRoles(
  { azure: signIn, deps }: Pick<Surroundings, 'azure' | 'deps'>,
  refusal: string,
): Promise<GrantedRoles> {
  const principal = /\boid=([0-9a-f-]{36})/i.exec(refusal)?.[1];
  const vault =
    /(\/subscriptions\/([^/\s']+)\/resourcegroups\/[^/\s']+\/providers\/microsoft\.keyvault\/vaults\/[^/\s']+)/i.exec(
      refusal,
    );
  const [, scope, subscriptionId] = vault ?? [];
  if (principal === undefined || scope === undefined || subscriptionId === undefined)
    return { kind: 'unreadable', why: 'the answer of the vault does not name vault and caller' };
  try {
    const { connectResourceManager } = await import('../../azure/clients/index.ts');
    const azure = await signIn();
    const manager = connectResourceManager({ ...azure, subscriptionId }, deps);
    const assignments = await manager.call(`list the role assignments at ${scope}`, () =>
      collectPages(
        manager.authorization.roleAssignments.listForScope(scope.slice(1), {
          filter: `principalId eq ${quoteOData(principal)}`,
        }),
      ),
    );
    const effective = assignments.filter(({ scope: at }) => isWithin(at ?? '', scope));
    const ids = effective.map(
      ({ roleDefinitionId = '' }) => roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? '',
    );
    const named = ids.map((id) => readingRoles[id]).filter((name) => name !== undefined);
    const others = ids.filter((id) => readingRoles[id] === undefined);
    return { kind: 'read', reading: named, others };
  } catch (error) {
    return { kind: 'unreadable', why: getFirstLine(error) };
  }
}

// The list includes assignments below the vault, on single secrets.
function isWithin(assigned: string, scope: string): boolean {
  const [upper, lower] = [assigned.toLowerCase(), scope.toLowerCase()];
  return lower === upper || lower.startsWith(`${upper.replace(/\/$/, '')}/`);
}
