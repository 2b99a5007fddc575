import { formatSubject } from '../../kubernetes/index.ts';
import type { Check } from '../check.ts';
import { diagnoseCredentials, findMatch } from '../refusals/credential.ts';

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
    const broken = diagnoseCredentials(wanted, known);
    if (broken) throw broken;
    const name = (known.kind === 'read' && findMatch(known.credentials, wanted)?.name) || '';
    return {
      found: `"${name}" trusts ${wanted.subject}`,
      evidence: [['name', name], ...Object.entries(wanted)],
    };
  },
};
