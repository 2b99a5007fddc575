import { formatSubject } from '../../kubernetes/index.ts';
import type { Check } from '../check.ts';
import { credentialFault, matches } from '../diagnosis/credential.ts';

/** The identity trusts exactly this issuer, subject and audience. */
export const federatedCredential: Check = {
  id: 'federated-credential',
  title: 'Federated credential',
  reliesOn: [],
  lookedAt: ({ inputs }) => `federated credentials of ${inputs.clientId}`,
  run: async ({ inputs, facts, environment }) => {
    const known = await facts.credentials();
    if (known.kind === 'unreadable') return { skipped: `the job may not read them: ${known.why}` };
    const wanted = {
      issuer: inputs.issuerUrl,
      subject: formatSubject(inputs.serviceAccount),
      audience: environment.tokenExchangeAudience,
    };
    const fault = credentialFault(wanted, known);
    if (fault) throw fault;
    const match = known.kind === 'read' ? known.credentials.find((one) => matches(one, wanted)) : undefined;
    return {
      found: `"${match?.name}" trusts ${wanted.subject}`,
      evidence: [
        ['name', match?.name ?? ''],
        ['issuer', wanted.issuer],
        ['subject', wanted.subject],
        ['audience', wanted.audience],
      ],
    };
  },
};
