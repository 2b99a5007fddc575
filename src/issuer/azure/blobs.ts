import { type BlobDownloadResponseParsed, BlockBlobClient } from '@azure/storage-blob';
import { type Call, readRefusal } from '../../azure/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { type DocumentName, documentPaths } from '../address.ts';
import type { IssuerStore } from '../store.ts';
import type { StorageAccess } from './access.ts';

const contentType = 'application/json';
// A minute: what Entra ID makes of it is unknown, but a cache in front must not hold an old key set for longer than a rotation waits.
const cacheControl = 'public, max-age=60';
// Names of blob metadata are C# identifiers and come back in lower case.
const notesName = 'signingkeys';

/** Options of every Azure client here: `Call` retries, and only what is known to pass. */
export function blobOptions({ environment }: Pick<StorageAccess, 'environment'>) {
  return { audience: `${environment.storageAudience}/.default`, retryOptions: { maxTries: 1 } };
}

/** The documents as block blobs below a URL; what is remembered of the keys is metadata, so that it changes together with them. */
export function blobStore(location: string, access: StorageAccess, call: Call, deps: Deps): IssuerStore {
  const blobOf = (name: DocumentName) =>
    new BlockBlobClient(`${location}/${documentPaths[name]}`, ...credentialOf(access));
  const errorCode = (error: unknown) => readRefusal(error, deps.clock)?.codes[0] ?? '';
  return {
    description: location,
    isOnTheWeb: true,
    read: (name) =>
      call(`read ${location}/${documentPaths[name]}`, async () => {
        try {
          const response = await blobOf(name).download();
          return {
            text: await textOf(response),
            notes: response.metadata?.[notesName] ?? '',
            version: response.etag ?? '',
            isServedRight: response.contentType === contentType && response.cacheControl === cacheControl,
          };
        } catch (error) {
          if (errorCode(error) === 'BlobNotFound') return undefined;
          throw error;
        }
      }),
    write: (name, { text, notes }, replaces) =>
      call(`write ${location}/${documentPaths[name]}`, async () => {
        try {
          await blobOf(name).upload(text, Buffer.byteLength(text), {
            conditions: replaces === undefined ? { ifNoneMatch: '*' } : { ifMatch: replaces },
            blobHTTPHeaders: { blobContentType: contentType, blobCacheControl: cacheControl },
            ...(notes !== '' && { metadata: { [notesName]: notes } }),
          });
          return true;
        } catch (error) {
          if (['ConditionNotMet', 'BlobAlreadyExists', 'BlobNotFound'].includes(errorCode(error)))
            return false;
          throw error;
        }
      }),
  };
}

// The client's constructors are overloaded by the kind of credential, which a union does not satisfy.
function credentialOf(access: StorageAccess) {
  return [access.credential, blobOptions(access)] as const;
}

async function textOf(response: BlobDownloadResponseParsed): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
