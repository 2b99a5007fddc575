import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FederationError } from '../../src/errors/index.ts';
import {
  type Credential,
  createWantedCredentials,
  credentialLimit,
} from '../../src/identity/credentials/credential.ts';
import { type CredentialPlanOptions, getPair, planCredentials } from '../../src/identity/credentials/plan.ts';

const owner = 'octo/cluster';
const audience = 'api://AzureADTokenExchange';
const day = 86_400;
const now = 1_700_000_000;

/** Credentials as Entra keeps them: names once, pairs once, twenty at most. Refuses what Entra refuses. */
class Store {
  readonly credentials = new Map<string, Credential>();
  constructor(credentials: readonly Credential[]) {
    for (const credential of credentials) this.credentials.set(credential.name, credential);
  }
  write(credential: Credential): void {
    const others = [...this.credentials.values()].filter(({ name }) => name !== credential.name);
    if (others.some((other) => getPair(other) === getPair(credential))) throw new Error('the pair is taken');
    if (others.length >= credentialLimit) throw new Error('there are twenty');
    this.credentials.set(credential.name, credential);
  }
  /** Does what a plan says; whether it wrote anything. */
  apply(options: Omit<CredentialPlanOptions, 'existing'>): { readonly wrote: boolean } {
    const plan = planCredentials({ ...options, existing: [...this.credentials.values()] });
    for (const { remove, write } of plan.steps) {
      if (remove !== undefined && !this.credentials.delete(remove)) throw new Error(`${remove} is not there`);
      if (write) this.write(write);
    }
    for (const credential of plan.inForce)
      expect(this.credentials.get(credential.name)).toMatchObject({ ...credential });
    return { wrote: plan.steps.some(({ remove, write }) => remove !== undefined || write !== undefined) };
  }
}

const issuers = ['https://one.example/', 'https://two.example/'];
const accounts = ['a', 'b', 'c', 'd'].map((name) => ({ namespace: 'demo', name }));
const lifetimes = [
  { kind: 'kept' },
  { kind: 'job', since: now },
  { kind: 'job', since: now - 2 * day },
] as const;
const ours = issuers.flatMap((issuer) =>
  lifetimes.flatMap((lifetime) => createWantedCredentials({ accounts, issuer, audience, owner, lifetime })),
);

/** Credentials with names of this action and of other tools, and with any content: drifted, swapped or correct. */
const existing = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...ours.map(({ name }) => name), 'by-hand', 'by-another', 'x1', 'x2', 'x3'),
      issuer: fc.constantFrom(...issuers, 'https://three.example/'),
      subject: fc.constantFrom(...ours.map(({ subject }) => subject), 'system:serviceaccount:demo:e'),
      audiences: fc.constantFrom([audience], ['api://other']),
    }),
    { selector: ({ name }) => name, maxLength: 12 },
  )
  .map((credentials) => {
    const pairs = new Map(credentials.map((credential) => [getPair(credential), credential]));
    return [...pairs.values()];
  });

const options = fc.record({
  prune: fc.constantFrom('none', 'same-issuer', 'any-issuer'),
  sweepBefore: fc.constantFrom(undefined, now - day),
  withDescription: fc.boolean(),
  lifetime: fc.constantFrom(...lifetimes.slice(0, 2)),
  accounts: fc.subarray(accounts, { minLength: 1 }),
  issuer: fc.constantFrom(...issuers),
}) as fc.Arbitrary<
  Pick<CredentialPlanOptions, 'prune' | 'sweepBefore' | 'withDescription'> & {
    lifetime: (typeof lifetimes)[number];
    accounts: typeof accounts;
    issuer: string;
  }
>;

describe('planCredentials', () => {
  test('returns steps that are valid in their order, put every wanted credential in force, and are empty the second time', () => {
    fc.assert(
      fc.property(existing, options, (present, given) => {
        const wanted = createWantedCredentials({ ...given, audience, owner });
        const store = new Store(present);
        const plan = { ...given, wanted, owner, identity: 'application "x"' };
        store.apply(plan);
        for (const credential of wanted) {
          const serving = [...store.credentials.values()].filter(
            (one) => getPair(one) === getPair(credential),
          );
          expect(serving).toHaveLength(1);
          expect(serving[0]?.audiences).toEqual([audience]);
        }
        expect(store.apply(plan).wrote).toBe(false);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  test('never deletes a credential that this action did not create, nor one of another owner', () => {
    fc.assert(
      fc.property(existing, options, (present, given) => {
        const mine = new Set(ours.map(({ name }) => name));
        const theirs = createWantedCredentials({
          ...given,
          audience,
          owner: 'another/owner',
          accounts: [{ namespace: 'x', name: 'y' }],
        });
        const store = new Store([...present, ...theirs]);
        const wanted = createWantedCredentials({ ...given, audience, owner });
        store.apply({ ...given, wanted, owner, identity: 'application "x"' });
        for (const { name } of [...present, ...theirs])
          if (!mine.has(name)) expect(store.credentials.has(name)).toBe(true);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});

test('planCredentials repairs two credentials that have swapped their content', () => {
  const wanted = createWantedCredentials({
    accounts: accounts.slice(0, 2),
    issuer: 'https://one.example/',
    audience,
    owner,
    lifetime: { kind: 'kept' },
  });
  const [one, two] = wanted;
  if (!one || !two) throw new Error('there are two');
  const store = new Store([
    { ...one, subject: two.subject },
    { ...two, subject: one.subject },
  ]);
  store.apply({ wanted, owner, prune: 'none', withDescription: true, identity: 'x' });
  expect(store.credentials.get(one.name)).toMatchObject({ subject: one.subject });
  expect(store.credentials.get(two.name)).toMatchObject({ subject: two.subject });
});

test('planCredentials counts the credentials that it deletes and those that it keeps towards the limit', () => {
  const others = Array.from({ length: 19 }, (_, index) => ({
    ...{ name: `other-${index}`, issuer: 'https://x.example/', subject: `s${index}`, audiences: [audience] },
  }));
  const plan = (count: number) => () =>
    planCredentials({
      wanted: createWantedCredentials({
        accounts: accounts.slice(0, count),
        issuer: 'https://one.example/',
        audience,
        owner,
        lifetime: { kind: 'kept' },
      }),
      existing: others,
      ...{ owner, prune: 'none', withDescription: true, identity: 'application "x"' },
    });
  expect(plan(1)).not.toThrow();
  expect(plan(2)).toThrow(FederationError);
});
