import { openAzureEnvironment } from '../azure/index.ts';
import type { Deps, Run, RunResult } from '../runtime/index.ts';
import { documentUrl } from './address.ts';
import { retirement } from './clean-up.ts';
import type { definition, PublishInputs } from './definition.ts';
import { assertNoError, judgeKeySet } from './documents/index.ts';
import type { ChangedRing, KeyChange } from './key-ring.ts';
import { decideIssuer, type PublishedKeys, publishDiscovery, publishKeys } from './publish.ts';
import { type Expectation, readBackDiscovery, readBackJwks } from './read-back.ts';
import { readRequest } from './request.ts';
import { type IssuerStore, loadStoreKind } from './stores/index.ts';

/** Publishes the issuer and reads it back. With `storage: none`, only reads it. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const change = await readRequest(inputs);
  await openAzureEnvironment(inputs.azureEnvironment);
  const kind = await loadStoreKind(inputs.storage);
  if (kind === undefined) return verifyOnly(inputs, change, deps);

  const { place, store } = await deps.log.group('Prepare the storage', () => kind.prepare(inputs, deps));
  const issuerUrl = await decideIssuer(store, inputs.issuerUrl, place.issuerUrl);
  const beforeWrite = ({ added: keyIds }: ChangedRing) => {
    // Saved before the write, so that the post step retires the key even if this step is killed right after
    // it.
    if (inputs.onExit === 'retire' && keyIds.length > 0)
      retirement.save({ place: { ...place, isNew: false }, keyIds: [...keyIds] }, deps);
  };
  const { ring, isWritten } = await deps.log.group('Publish the documents', () =>
    publish(store, { inputs, issuerUrl, change, beforeWrite }, deps),
  );
  return buildResult({
    issuerUrl,
    jwksUrl: documentUrl(issuerUrl, 'jwks'),
    keyIds: ring.keys.map(({ kid }) => kid),
    isChanged: isWritten,
    isVerified: store.isOnTheWeb,
  });
};

interface Publication {
  readonly inputs: PublishInputs;
  readonly issuerUrl: string;
  readonly change: KeyChange;
  readonly beforeWrite: (ring: ChangedRing) => void;
}

// The JWKS is published and read back before the discovery document refers to it: a client that finds one
// finds the other.
async function publish(store: IssuerStore, publication: Publication, deps: Deps): Promise<PublishedKeys> {
  const { inputs, issuerUrl, change, beforeWrite } = publication;
  const published = await publishKeys(store, change, deps, beforeWrite);
  const { keys, retired, pruned } = published.ring;
  logChanges(published, deps);
  const jwksUrl = documentUrl(issuerUrl, 'jwks');
  const expected = expect(inputs, change, { issuerUrl, jwksUrl, retired: [...retired, ...pruned] });
  if (store.isOnTheWeb) await readBackJwks(jwksUrl, expected, deps);
  else
    assertNoError(
      judgeKeySet({ served: { url: store.description, text: '' }, content: { keys: [...keys] } }, expected),
    );
  const isNewDiscovery = await publishDiscovery(store, issuerUrl, deps);
  deps.log.info(isNewDiscovery ? 'Published the discovery document' : 'The discovery document is unchanged');
  if (store.isOnTheWeb) {
    await readBackDiscovery(expected, deps);
    deps.log.info(`Anonymous clients can read both documents of ${issuerUrl}`);
  } else {
    deps.log.info('Once the folder is served, verify it with publish-issuer and `storage: none`');
  }
  return { ...published, isWritten: published.isWritten || isNewDiscovery };
}

async function verifyOnly(
  inputs: PublishInputs,
  change: KeyChange,
  deps: Deps,
): Promise<RunResult<typeof definition>> {
  const issuerUrl = inputs.issuerUrl ?? '';
  const expected = expect(inputs, change, { issuerUrl, jwksUrl: undefined, retired: [] });
  const { keyIds, jwksUrl } = await deps.log.group('Verify the documents', async () => {
    const found = await readBackDiscovery(expected, deps);
    return { jwksUrl: found, keyIds: await readBackJwks(found, expected, deps) };
  });
  deps.log.info(`Anonymous clients can read both documents of ${issuerUrl}`);
  return buildResult({ issuerUrl, jwksUrl, keyIds, isChanged: false, isVerified: true });
}

function expect(
  inputs: PublishInputs,
  { live, staged }: KeyChange,
  facts: Pick<Expectation, 'issuerUrl' | 'jwksUrl' | 'retired'>,
): Expectation {
  const signing = [...live, ...staged].map(({ kid }) => ({ keyId: kid, isHash: true }));
  return { ...facts, signing, patienceSeconds: inputs.propagationTimeout };
}

function logChanges({ ring, isWritten }: PublishedKeys, deps: Deps): void {
  const changes = [
    ['Added', ring.added],
    ['Promoted from staged to live', ring.promoted],
    ['Extended the lifetime of', ring.prolonged],
    ['Retired', ring.retired],
    ['Removed because it had expired:', ring.pruned],
  ] as const;
  for (const [what, keyIds] of changes) for (const kid of keyIds) deps.log.info(`${what} ${kid}`);
  if (ring.added.length > 0 && ring.added.length < ring.keys.length) {
    deps.log.info(
      'Entra ID may keep using the previous key set for several minutes (rarely up to 45) and rejects tokens signed with a new key until then (AADSTS7000272)',
    );
  }
  const count = ring.keys.length === 1 ? 'one key' : `${ring.keys.length} keys`;
  deps.log.info(isWritten ? `Published the JWKS with ${count}` : `The JWKS is unchanged (${count})`);
}

interface Outcome {
  readonly issuerUrl: string;
  readonly jwksUrl: string;
  readonly keyIds: readonly string[];
  readonly isChanged: boolean;
  readonly isVerified: boolean;
}

function buildResult(outcome: Outcome): RunResult<typeof definition> {
  const { issuerUrl, jwksUrl, keyIds, isChanged, isVerified } = outcome;
  const discoveryUrl = documentUrl(issuerUrl, 'discovery');
  return {
    outputs: {
      'issuer-url': issuerUrl,
      'discovery-url': discoveryUrl,
      'jwks-url': jwksUrl,
      'key-ids': keyIds,
      changed: isChanged,
    },
    summary: {
      title: 'OIDC issuer',
      links: isVerified ? ['issuer'] : [],
      facts: [
        ['Issuer', issuerUrl],
        ['Discovery document', discoveryUrl],
        ['JWKS', jwksUrl],
        ['Key IDs', keyIds.join('\n')],
        ['Changed', isChanged ? 'yes' : 'no, everything was up to date'],
        ['Readable by anonymous clients', isVerified ? 'yes' : 'unknown: serve the folder first'],
      ],
    },
  };
}
