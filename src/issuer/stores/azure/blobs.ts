import { BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import { readRefusal } from '../../../azure/index.ts';
import type { Deps } from '../../../runtime/index.ts';
import { type DocumentName, documentPaths } from '../../address.ts';
import type { PublishInputs } from '../../definition.ts';
import type { IssuerStore, NewDocument, Place, StoredDocument } from '../store.ts';
import { createStorageCall, type StorageAccess } from './access.ts';

const contentType = 'application/json';
// One minute: a cache in front must not keep an old key set for longer than a rotation waits.
const cacheControl = 'public, max-age=60';
// Names of blob metadata are C# identifiers and come back in lowercase.
const recordsName = 'keyrecords';

/** Returns a client for the blob service of the account. It never retries: `Call` does. */
export function createServiceClient(endpoint: string, access: StorageAccess): BlobServiceClient {
  return new BlobServiceClient(endpoint, access.credential, createOptions(access));
}

function createOptions({ environment }: Pick<StorageAccess, 'environment'>) {
  return { audience: `${environment.storageAudience}/.default`, retryOptions: { maxTries: 1 } };
}

/** Opens the documents as block blobs. The key records are metadata of the JWKS: both change at once. */
export function openBlobStore(
  { location, isNew }: Place,
  access: StorageAccess,
  inputs: PublishInputs,
  deps: Deps,
): IssuerStore {
  const call = createStorageCall(access, inputs, isNew, deps);
  const openBlob = (name: DocumentName) =>
    new BlockBlobClient(`${location}/${documentPaths[name]}`, access.credential, createOptions(access));
  const unless = async <T, U>(codes: readonly string[], otherwise: U, request: Promise<T>) =>
    request.catch((error: unknown) => {
      if (codes.includes(readRefusal(error, deps.clock)?.codes[0] ?? '')) return otherwise;
      throw error;
    });
  return {
    description: location,
    isOnTheWeb: true,
    read: (name) => {
      const blob = openBlob(name);
      return call(`read ${blob.url}`, () => unless(['BlobNotFound'], undefined, readDocument(blob)));
    },
    write: (name, document, replaces) => {
      const blob = openBlob(name);
      const overtaken = ['ConditionNotMet', 'BlobAlreadyExists', 'BlobNotFound'];
      return call(`write ${blob.url}`, () =>
        unless(overtaken, false, writeDocument(blob, document, replaces)),
      );
    },
  };
}

async function writeDocument(
  blob: BlockBlobClient,
  { text, records }: NewDocument,
  replaces: string | undefined,
): Promise<boolean> {
  await blob.upload(text, Buffer.byteLength(text), {
    conditions: replaces === undefined ? { ifNoneMatch: '*' } : { ifMatch: replaces },
    blobHTTPHeaders: { blobContentType: contentType, blobCacheControl: cacheControl },
    ...(records !== '' && { metadata: { [recordsName]: records } }),
  });
  return true;
}

async function readDocument(blob: BlockBlobClient): Promise<StoredDocument> {
  const response = await blob.download();
  const chunks: Buffer[] = [];
  for await (const chunk of response.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
  return {
    text: Buffer.concat(chunks).toString('utf8'),
    records: response.metadata?.[recordsName] ?? '',
    version: response.etag ?? '',
    hasRightHeaders: response.contentType === contentType && response.cacheControl === cacheControl,
  };
}
