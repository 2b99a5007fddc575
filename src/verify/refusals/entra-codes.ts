/** What has to be true for a refusal to be one that passes by itself: each kind is looked up before anything is waited for. */
export type Settling = 'credential' | 'keys' | 'documents' | 'identity' | 'outage';

/** One cause behind AADSTS codes. */
export interface EntraRefusal {
  readonly numbers: readonly number[];
  /** Stable code of the diagnosis. */
  readonly code: string;
  readonly cause: string;
  readonly change: string;
  /** The refusal may only mean "not yet"; absent where waiting never helps. */
  readonly settles?: Settling;
}

const repairCredential =
  'Let federate-app repair the federated credential: issuer, subject and audience are compared byte by byte.';
const newKeys =
  'Publish the public key of the cluster with publish-issuer; Entra ID may take minutes to see a new key.';

/**
 * The refusals of the token endpoint that this chain can run into. Microsoft reserves the right to change codes and texts,
 * so that anything unknown is reported with the service's own words.
 */
export const entraRefusals: readonly EntraRefusal[] = [
  {
    numbers: [700211],
    code: 'issuer-not-trusted',
    cause: 'no federated credential of the identity has the issuer of the token',
    change: repairCredential,
    settles: 'credential',
  },
  {
    numbers: [700213],
    code: 'subject-not-trusted',
    cause: 'a federated credential has the issuer of the token, but none has its subject',
    change: repairCredential,
    settles: 'credential',
  },
  {
    numbers: [700212],
    code: 'audience-not-trusted',
    cause: 'a federated credential has issuer and subject of the token, but not its audience',
    change: repairCredential,
    settles: 'credential',
  },
  {
    numbers: [7002138],
    code: 'subject-case-differs',
    cause: 'a federated credential differs from the token only in capital and small letters',
    change: repairCredential,
  },
  {
    numbers: [70021, 7000226],
    code: 'nothing-trusted',
    cause: 'no federated credential of the identity fits the token, or it has none at all',
    change: repairCredential,
    settles: 'credential',
  },
  {
    numbers: [7000272],
    code: 'key-not-seen',
    cause: 'Entra ID does not find the key that signed the token among the published ones',
    change: newKeys,
    settles: 'keys',
  },
  {
    numbers: [7000274, 700027],
    code: 'signature-invalid',
    cause: 'Entra ID finds the key under its id, but it did not sign the token',
    change: 'Publish the keys anew from the public key file of the cluster.',
  },
  {
    numbers: [501661, 50166, 90061, 900612, 70024],
    code: 'documents-not-fetched',
    cause: 'Entra ID cannot fetch or read the published documents',
    change:
      'Both documents must be open to the internet, without sign-in or firewall, with status 200, and name the issuer byte by byte.',
    settles: 'documents',
  },
  {
    numbers: [700016],
    code: 'identity-missing',
    cause: 'the tenant has no application with this client id',
    change: 'Set client-id and tenant-id to the outputs of federate-app.',
    settles: 'identity',
  },
  {
    numbers: [7000229, 7000112],
    code: 'service-principal-missing',
    cause: 'the application has no service principal in the tenant, or it is disabled',
    change: 'Let federate-app make it, or: az ad sp create --id <client-id>',
    settles: 'identity',
  },
  {
    numbers: [90002, 900023, 900021],
    code: 'tenant-unknown',
    cause: 'there is no such tenant in this cloud',
    change: 'Set tenant-id to the id of the tenant, and azure-environment to its cloud.',
  },
  {
    numbers: [700024],
    code: 'token-time-invalid',
    cause: 'the token is not valid yet, or not any more, by the clock of Entra ID',
    change: "Set the clock of the cluster's machine right, by NTP for example.",
  },
  {
    numbers: [5002738],
    code: 'token-algorithm-unsupported',
    cause: 'the token is signed with an algorithm that Entra ID does not verify',
    change: 'Start the cluster with an RSA key, such as generate-keys makes.',
  },
  {
    numbers: [50027, 5002723, 5002726, 5002727, 90014],
    code: 'token-malformed',
    cause: 'Entra ID cannot make sense of the token',
    change: 'See the answer; a proxy or a signer of another kind may stand between cluster and Entra ID.',
  },
  {
    numbers: [700222],
    code: 'token-of-entra',
    cause: 'the token comes from Entra ID itself, and such tokens cannot be federated',
    change: 'Set issuer-url to an issuer of your own.',
  },
  {
    numbers: [53003],
    code: 'conditional-access',
    cause: 'a Conditional Access policy forbids the workload to sign in from here',
    change: 'Ask the administrator of the tenant to leave this identity, or this network, out of the policy.',
  },
  {
    numbers: [70011, 1002012, 500011],
    code: 'scope-invalid',
    cause: 'Entra ID does not know the resource that the token is asked for',
    change: 'Set azure-environment to the cloud of the tenant.',
  },
  {
    numbers: [90024, 90033, 90090, 50033, 90055],
    code: 'entra-busy',
    cause: 'Entra ID is busy or out of order',
    change: 'Run the job again later; see status.azure.com.',
    settles: 'outage',
  },
];

/** The refusal that an AADSTS number stands for, undefined where the table has none. */
export function findEntraRefusal(numbers: readonly number[]): EntraRefusal | undefined {
  return entraRefusals.find((row) => row.numbers.some((number) => numbers.includes(number)));
}

/** AADSTS numbers in whatever an Entra client threw: `Error(s): 700213,…` or `AADSTS700213: …`. */
export function aadstsNumbersIn(message: string): readonly number[] {
  const listed = /Error\(s\): ([\d,\s]+)/.exec(message)?.[1]?.split(',') ?? [];
  const named = [...message.matchAll(/AADSTS(\d+)/g)].map((match) => match[1] ?? '');
  return [...new Set([...listed, ...named].map(Number).filter((number) => number > 0))];
}

/** What Entra ID said, without the client's wrapping and without trace ids; never longer than a few lines. */
export function entraAnswerIn(message: string): string {
  const said = /AADSTS\d+:.*?(?=\s*(?:-\s*)?(?:Trace ID|Correlation ID)\b|$)/s.exec(message)?.[0];
  return (said ?? message).trim().slice(0, 1000);
}
