import type { OutputsOf, Summary } from '../runtime/index.ts';
import type { Credential } from './credentials/credential.ts';
import type { definition } from './definition.ts';
import type { Identity } from './objects/identity.ts';
import { type Change, isWrite } from './plan.ts';
import type { Places } from './reconcile.ts';

/** What a run reports. */
export interface Report {
  readonly places: Pick<Places, 'host' | 'tenantId'>;
  readonly changes: readonly Change[];
  readonly inForce: readonly Credential[];
  /** Undefined in the plan of an identity that does not exist yet. */
  readonly identity: Identity | undefined;
  readonly isPlan: boolean;
  readonly bicepFile: string | undefined;
}

/** Returns the outputs; IDs of an identity that does not exist yet are undefined. */
export function createOutputs(report: Report): OutputsOf<typeof definition> {
  const { identity, places, inForce, changes, bicepFile } = report;
  return {
    'bicep-file': bicepFile,
    'client-id': identity?.clientId,
    'tenant-id': places.tenantId,
    'object-id': identity?.objectId,
    'principal-id': identity?.principalId,
    'federated-credentials': inForce.map(({ name, issuer, subject, audiences }) => ({
      name,
      issuer,
      subject,
      audience: audiences[0],
      serviceAccount: subject.replace(/^system:serviceaccount:([^:]+):/, '$1/'),
    })),
    changes,
  };
}

/** Returns the job summary: the IDs, and a table of all objects of the desired state with their changes. */
export function createSummary({ identity, places, changes, isPlan, bicepFile }: Report): Summary {
  const changed = changes.filter(isWrite).length;
  const unknown = 'known after creation';
  return {
    title: isPlan ? 'Plan of the federated identity' : 'Federated identity',
    links: isPlan ? [] : ['identity'],
    facts: [
      ['Identity', places.host.title],
      ['Client ID', identity?.clientId ?? unknown],
      ['Tenant', places.tenantId],
      ['Principal', identity?.principalId ?? unknown],
      [isPlan ? 'Would change' : 'Changed', changed === 0 ? 'nothing' : `${changed} of ${changes.length}`],
      ...(bicepFile === undefined ? [] : [['Bicep file', bicepFile] as const]),
    ],
    details: ['| Object | Name | Action | Reason |', '| --- | --- | --- | --- |', ...changes.map(row)].join(
      '\n',
    ),
  };
}

function row({ kind, name, action, differences = [], note }: Change): string {
  const drift = differences.map(({ property, from, to }) => `${property}: \`${from}\` → \`${to}\``);
  const why = [...(note === undefined ? [] : [note]), ...drift].join('<br>').replaceAll('|', '\\|');
  return `| ${kind.replaceAll('-', ' ')} | \`${name.replaceAll('|', '\\|')}\` | ${action} | ${why} |`;
}
