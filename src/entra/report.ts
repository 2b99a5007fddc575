import type { OutputsOf, Summary } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import type { Identity } from './identity.ts';
import { type Change, writes } from './plan.ts';
import type { Places, Plan } from './reconcile.ts';

/** The outputs; ids that are not known before the identity is made stay empty. */
export function outputsOf(
  plan: Plan,
  identity: Identity | undefined,
  tenantId: string,
): OutputsOf<typeof definition> {
  return {
    'client-id': identity?.clientId,
    'tenant-id': tenantId,
    'object-id': identity?.objectId,
    'principal-id': identity?.principalId,
    'federated-credentials': plan.credentials.inForce.map(({ name, issuer, subject, audiences }) => ({
      name,
      issuer,
      subject,
      audience: audiences[0],
      serviceAccount: subject.replace(/^system:serviceaccount:([^:]+):/, '$1/'),
    })),
    changes: plan.changes,
  };
}

/** The job summary: the ids, and a table of everything that is wanted with what happened to it. */
export function summaryOf(
  plan: Plan,
  places: Places,
  identity: Identity | undefined,
  mode: 'planned' | 'done',
): Summary {
  const changed = plan.changes.filter(writes).length;
  const count = changed === 0 ? 'nothing' : `${changed} of ${plan.changes.length}`;
  const unknown = 'known once it is made';
  return {
    title: mode === 'planned' ? 'Plan of the federated identity' : 'Federated identity',
    links: mode === 'planned' ? [] : ['identity'],
    facts: [
      ['Identity', places.host.title],
      ['Client id', identity?.clientId ?? unknown],
      ['Tenant', places.tenantId],
      ['Principal', identity?.principalId ?? unknown],
      [mode === 'planned' ? 'Would change' : 'Changed', count],
    ],
    details: ['| what | name | action | why |', '| --- | --- | --- | --- |', ...plan.changes.map(row)].join(
      '\n',
    ),
  };
}

function row({ kind, name, action, differences = [], note }: Change): string {
  const drift = differences.map(({ property, from, to }) => `${property}: \`${from}\` → \`${to}\``);
  const why = [...(note === undefined ? [] : [note]), ...drift].join('<br>').replaceAll('|', '\\|');
  return `| ${kind.replaceAll('-', ' ')} | \`${name.replaceAll('|', '\\|')}\` | ${action} | ${why} |`;
}
