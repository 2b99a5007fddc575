import { clientId, repair, unknownId } from './service-account.ts';
import type { Misconfiguration } from './world.ts';

const subject = 'system:serviceaccount:phcloudbrew:phcloudbrewapp';

/** Misconfigurations of the federated credential, one per field. */
export const credentialRows: readonly Misconfiguration[] = [
  {
    what: 'the credential has the issuer without the slash at its end',
    how: (world) => world.credential({ issuer: world.chain.inputs['issuer-url']?.replace(/\/$/, '') ?? '' }),
    at: 'federated-credential',
    code: 'credential-issuer-differs',
    advice: repair,
  },
  {
    what: 'the credential has the issuer of the previous cluster',
    how: (world) =>
      world.credential({ issuer: world.chain.inputs['issuer-url']?.replace('/oidc/', '/oidc-old/') ?? '' }),
    at: 'federated-credential',
    code: 'credential-issuer-differs',
    advice: /must be exactly https:/,
  },
  {
    what: 'the credential names another service account',
    how: (world) => world.credential({ subject: 'system:serviceaccount:phcloudbrew:other' }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: /system:serviceaccount:phcloudbrew:phcloudbrewapp/,
  },
  {
    what: 'the credential has namespace and name swapped',
    how: (world) => world.credential({ subject: 'system:serviceaccount:phcloudbrewapp:phcloudbrew' }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: repair,
  },
  {
    what: 'the credential has the subject as namespace/name',
    how: (world) => world.credential({ subject: 'phcloudbrew/phcloudbrewapp' }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: /must be exactly system:serviceaccount/,
  },
  {
    what: 'the credential has the subject in different case',
    how: (world) => world.credential({ subject: subject.replace('phcloud', 'PHCloud') }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: repair,
  },
  {
    what: 'the credential has a space at the end of the subject',
    how: (world) => world.credential({ subject: `${subject} ` }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: repair,
  },
  {
    what: 'the credential has a letter of another alphabet in the subject',
    how: (world) => world.credential({ subject: subject.replace('a', 'а') }),
    at: 'federated-credential',
    code: 'credential-subject-differs',
    advice: repair,
  },
  {
    what: 'the credential has the audience of another cloud',
    how: (world) => world.credential({ audience: 'api://AzureADTokenExchangeUSGov' }),
    at: 'federated-credential',
    code: 'credential-audience-differs',
    advice: /must be exactly api:\/\/AzureADTokenExchange$/,
  },
  {
    what: 'the identity has no credential',
    how: (world) => world.credential(undefined),
    at: 'federated-credential',
    code: 'federated-credential-missing',
    advice: /service-accounts/,
  },
  {
    what: 'the identity does not exist, and the annotation agrees with the input',
    how: async (world) => {
      await world.annotate({ [clientId]: unknownId });
      return { 'client-id': unknownId };
    },
    at: 'federated-credential',
    code: 'identity-missing',
    advice: /outputs of federate-app/,
  },
];

/** Answers of the login host, if the job cannot read the credential or if it is right. */
export const exchangeRows: readonly Misconfiguration[] = [
  {
    what: 'the subject differs, and the job cannot read credentials',
    how: (world) => {
      world.credential({ subject: 'system:serviceaccount:phcloudbrew:other' });
      world.replaceDeps({ env: { PATH: '/nonexistent' } });
      return { timeout: '1s' };
    },
    at: 'token-exchange',
    code: 'subject-not-trusted',
    advice: repair,
  },
  {
    what: 'the issuer differs, and the job cannot read credentials',
    how: (world) => {
      world.credential({ issuer: 'https://elsewhere.example/oidc/' });
      world.replaceDeps({ env: { PATH: '/nonexistent' } });
      return { timeout: '1s' };
    },
    at: 'token-exchange',
    code: 'issuer-not-trusted',
    advice: repair,
  },
  {
    what: 'the application has no service principal',
    how: (world) => {
      world.principal('missing');
      return { timeout: '1s' };
    },
    at: 'token-exchange',
    code: 'service-principal-missing',
    advice: /federate-app, which creates the service principal/,
  },
  {
    what: 'the service principal is disabled',
    how: (world) => {
      world.principal('disabled');
      return { timeout: '1s' };
    },
    at: 'token-exchange',
    code: 'service-principal-missing',
    advice: /federate-app/,
  },
  {
    what: 'tenant-id does not exist in this cloud, and only the exchange is checked',
    how: () => ({ 'tenant-id': unknownId, checks: 'token-exchange' }),
    at: 'token-exchange',
    code: 'tenant-unknown',
    advice: /tenant-id.*azure-environment/,
  },
  ...(
    [
      ['Conditional Access blocks the workload', 53003, 'conditional-access', /administrator of the tenant/],
      [
        'Entra ID cannot fetch the documents although this job can',
        501661,
        'documents-not-fetched',
        /from the internet/,
      ],
      ['Entra ID has not seen the new key', 7000272, 'key-not-seen', /publish-issuer/],
      ['Entra ID has an outage', 90033, 'entra-busy', /later/],
      ['the token was issued by Entra ID itself', 700222, 'token-of-entra', /issuer of your own/],
    ] as const
  ).map(
    ([what, number, code, advice]): Misconfiguration => ({
      what,
      how: (world) => {
        world.answer({
          service: 'authority',
          path: '/oauth2/v2.0/token',
          status: 400,
          body: {
            error: 'invalid_request',
            error_description: `AADSTS${number}: As the service words it. Trace ID: 00000000-0000-0000-0000-000000000000`,
            error_codes: [number],
          },
        });
        return { checks: 'token-exchange', timeout: '1s' };
      },
      at: 'token-exchange',
      code,
      advice,
    }),
  ),
];
