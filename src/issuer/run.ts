import { loadAzureEnvironment, trustCertificateAuthority } from '../azure/index.ts';
import { errorCode } from '../errors/index.ts';
import type { CleanUp, Deps, Run, RunResult } from '../runtime/index.ts';
import { documentUrl } from './address.ts';
import type { definition } from './definition.ts';
import { type ChangedRing, type KeyChange, noChange } from './key-ring.ts';
import { type Expectation, proveDiscovery, proveJwks } from './proof.ts';
import { decideIssuer, type PublishedKeys, publishDiscovery, publishKeys } from './publish.ts';
import { requestOf } from './request.ts';
import type { IssuerStore, Place, PublishInputs } from './store.ts';
import { storeKind } from './stores/index.ts';

/** What the post step needs to take out the keys that this run added. */
interface Retirement {
  readonly place: Place;
  readonly keyIds: readonly string[];
}
const retirementState = 'keys-to-retire';

/** Publishes the issuer and proves it; with `storage: none` only proves it. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const change = await requestOf(inputs);
  await trustCertificateAuthority((await loadAzureEnvironment(inputs.azureEnvironment)).caFile);
  const kind = await storeKind(inputs.storage);
  if (kind === undefined) return proveOnly(inputs, change, deps);

  const { place, store } = await deps.log.group('Storage of the issuer', () => kind.prepare(inputs, deps));
  const issuerUrl = await decideIssuer(store, inputs.issuerUrl, place.issuerUrl);
  const beforeWrite = ({ added }: ChangedRing) => {
    // Saved before the write: a step that is killed right after it leaves its key to the post step all the same.
    const retirement: Retirement = { place: { ...place, isNew: false }, keyIds: added };
    if (inputs.onExit === 'retire' && added.length > 0)
      deps.state.save(retirementState, JSON.stringify(retirement));
  };
  const { ring, written } = await deps.log.group('Documents of the issuer', () =>
    publish(store, { inputs, issuerUrl, change, beforeWrite }, deps),
  );
  const keyIds = ring.keys.map(({ kid }) => kid);
  return result({
    issuerUrl,
    jwksUrl: documentUrl(issuerUrl, 'jwks'),
    keyIds,
    changed: written,
    isProven: store.isOnTheWeb,
  });
};

/** Takes out the keys that this run added. Where they are the last ones they stay, for the next publisher to take out. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = deps.state.read(retirementState);
  const kind = await storeKind(inputs.storage);
  if (inputs.onExit !== 'retire' || saved === '' || kind === undefined) return;
  const { place, keyIds } = JSON.parse(saved) as Retirement;
  await trustCertificateAuthority((await loadAzureEnvironment(inputs.azureEnvironment)).caFile);
  const store = await kind.open(place, inputs, deps);
  const ignore = () => undefined;
  try {
    const { ring } = await publishKeys(store, { ...noChange, retire: keyIds }, deps, ignore);
    deps.log.info(`retired ${ring.retired.join(', ') || 'nothing: the keys of this run are gone already'}`);
  } catch (error) {
    if (errorCode(error) !== 'last-live-key') throw error;
    await publishKeys(store, { ...noChange, release: keyIds }, deps, ignore);
    deps.log.info(
      `${keyIds.join(', ')} stays for now, because no other key is left; the next publisher takes it out`,
    );
  }
};

interface Publication {
  readonly inputs: PublishInputs;
  readonly issuerUrl: string;
  readonly change: KeyChange;
  readonly beforeWrite: (ring: ChangedRing) => void;
}

// The JWKS comes first and is seen by a stranger before the discovery document names it: whoever finds the one finds the other.
async function publish(store: IssuerStore, publication: Publication, deps: Deps): Promise<PublishedKeys> {
  const { inputs, issuerUrl, change, beforeWrite } = publication;
  const keys = await publishKeys(store, change, deps, beforeWrite);
  report(keys, deps);
  const jwksUrl = documentUrl(issuerUrl, 'jwks');
  const absent = [...keys.ring.retired, ...keys.ring.pruned];
  const expected = expectationOf(inputs, { issuerUrl, jwksUrl, change, absent });
  if (store.isOnTheWeb) await proveJwks(jwksUrl, expected, deps);
  const isNewDiscovery = await publishDiscovery(store, issuerUrl, deps);
  deps.log.info(
    isNewDiscovery ? 'wrote the discovery document' : 'the discovery document is there and unchanged',
  );
  if (store.isOnTheWeb) {
    await proveDiscovery(expected, deps);
    deps.log.info(`a stranger can read both documents of ${issuerUrl}`);
  } else {
    deps.log.info('once the folder is served, prove it by publish-issuer with `storage: none`');
  }
  return { ...keys, written: keys.written || isNewDiscovery };
}

async function proveOnly(
  inputs: PublishInputs,
  change: KeyChange,
  deps: Deps,
): Promise<RunResult<typeof definition>> {
  const issuerUrl = inputs.issuerUrl ?? '';
  const expected = expectationOf(inputs, { issuerUrl, jwksUrl: undefined, change, absent: [] });
  const { keyIds, jwksUrl } = await deps.log.group('Documents of the issuer', async () => {
    const found = await proveDiscovery(expected, deps);
    return { jwksUrl: found, keyIds: await proveJwks(found, expected, deps) };
  });
  deps.log.info(`a stranger can read both documents of ${issuerUrl}`);
  return result({ issuerUrl, jwksUrl, keyIds, changed: false, isProven: true });
}

function expectationOf(
  inputs: PublishInputs,
  {
    change,
    ...facts
  }: Pick<Expectation, 'issuerUrl' | 'jwksUrl' | 'absent'> & { readonly change: KeyChange },
): Expectation {
  return {
    ...facts,
    present: [...change.live, ...change.staged],
    patienceSeconds: inputs.propagationTimeout,
  };
}

function report({ ring, written }: PublishedKeys, deps: Deps): void {
  const lists = [
    ['added', ring.added],
    ['now live, no longer staged', ring.promoted],
    ['prolonged', ring.prolonged],
    ['retired', ring.retired],
    ['taken out because its time was over', ring.pruned],
  ] as const;
  for (const [what, keyIds] of lists) for (const kid of keyIds) deps.log.info(`${what}: ${kid}`);
  if (ring.added.length > 0 && ring.added.length < ring.keys.length) {
    deps.log.info(
      'Entra ID may go on with the older key set for some minutes, seldom for 45: until then it refuses tokens of a new key (AADSTS7000272)',
    );
  }
  deps.log.info(
    written
      ? `wrote the JWKS with ${countOf(ring.keys.length)}`
      : `the JWKS is there and unchanged (${countOf(ring.keys.length)})`,
  );
}

interface Outcome {
  readonly issuerUrl: string;
  readonly jwksUrl: string;
  readonly keyIds: readonly string[];
  readonly changed: boolean;
  readonly isProven: boolean;
}

function result({ issuerUrl, jwksUrl, keyIds, changed, isProven }: Outcome): RunResult<typeof definition> {
  const discoveryUrl = documentUrl(issuerUrl, 'discovery');
  return {
    outputs: {
      'issuer-url': issuerUrl,
      'discovery-url': discoveryUrl,
      'jwks-url': jwksUrl,
      'key-ids': keyIds,
      changed,
    },
    summary: {
      title: 'OIDC issuer',
      links: isProven ? ['issuer'] : [],
      facts: [
        ['Issuer', issuerUrl],
        ['Discovery document', discoveryUrl],
        ['JWKS', jwksUrl],
        ['Keys', keyIds.join('\n')],
        ['Changed', changed ? 'yes' : 'no, everything was as it should be'],
        ['Read back by a stranger', isProven ? 'yes' : 'not yet: the folder has to be served first'],
      ],
    },
  };
}

const countOf = (keys: number) => (keys === 1 ? 'one key' : `${keys} keys`);
