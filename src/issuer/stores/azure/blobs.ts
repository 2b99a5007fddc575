import { type BlobDownloadResponseParsed, BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import { readRefusal } from '../../../azure/index.ts';
import type { Deps } from '../../../runtime/index.ts';
import { documentPaths } from '../../address.ts';
import type { PublishInputs } from '../../definition.ts';
import type { IssuerStore, Place } from '../store.ts';
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
  const options = createOptions(access);
  const findCode = (error: unknown) => readRefusal(error, deps.clock)?.codes[0] ?? '';
  return {
    description: location,
    isOnTheWeb: true,
    read: (name) => {
      const url = `${location}/${documentPaths[name]}`;
      return call(`read ${url}`, async () => {
        try {
          const response = await new BlockBlobClient(url, access.credential, options).download();
          return {
            text: await readText(response),
            records: response.metadata?.[recordsName] ?? '',
            version: response.etag ?? '',
            hasRightHeaders: response.contentType === contentType && response.cacheControl === cacheControl,
          };
        } catch (error) {
          if (findCode(error) === 'BlobNotFound') return undefined;
          throw error;
        }
      });
    },
    write: (name, { text, records }, replaces) => {
      const url = `${location}/${documentPaths[name]}`;
      return call(`write ${url}`, async () => {
        try {
          await new BlockBlobClient(url, access.credential, options).upload(text, Buffer.byteLength(text), {
            conditions: replaces === undefined ? { ifNoneMatch: '*' } : { ifMatch: replaces },
            blobHTTPHeaders: { blobContentType: contentType, blobCacheControl: cacheControl },
            ...(records !== '' && { metadata: { [recordsName]: records } }),
          });
          return true;
        } catch (error) {
          if (['ConditionNotMet', 'BlobAlreadyExists', 'BlobNotFound'].includes(findCode(error)))
            return false;
          throw error;
        }
      });
    },
  };
}

async function readText(response: BlobDownloadResponseParsed): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
