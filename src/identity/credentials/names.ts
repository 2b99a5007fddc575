import { createHash } from 'node:crypto';

/** Names that Entra ID accepts for federated credentials. */
export const credentialNamePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;

/** What the name of a credential is derived from, and recognized by. */
export interface CredentialKey {
  /** Who created it: a repository, or the input `owner`. */
  readonly owner: string;
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Returns the name of a credential to keep: `k8s-<namespace>-<service account>-<16 hex digits>`. The digits are from a hash of owner,
 * issuer and subject. So one application can trust the same account of several clusters, and a credential proves by its content who created it.
 */
export function createCredentialName(key: CredentialKey): string {
  const account = key.subject.replace(/^system:serviceaccount:/, '');
  const readable = account.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 80);
  return `k8s-${readable}-${hash(key)}`;
}

/** Returns the name of a credential that ends with its job. It contains the creation time, which Entra ID does not record. */
export function createJobCredentialName(key: CredentialKey, now: number): string {
  return `k8s-job-${formatTime(now)}-${hash(key)}`;
}

/** Returns whether this owner created the credential and, if it ends with its job, when the job started. */
export function recognizeCredential(
  { name, issuer, subject }: { readonly name: string } & Omit<CredentialKey, 'owner'>,
  owner: string,
): { readonly ours: boolean; readonly jobSince?: number } {
  const key = { owner, issuer, subject };
  if (name === createCredentialName(key)) return { ours: true };
  const [, time, suffix] = /^k8s-job-(\d{14})-([0-9a-f]{16})$/.exec(name) ?? [];
  return time !== undefined && suffix === hash(key)
    ? { ours: true, jobSince: parseTime(time) }
    : { ours: false };
}

function hash(key: CredentialKey): string {
  const text = [key.owner, key.issuer, key.subject].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function parseTime(compact: string): number {
  const iso = compact.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso) / 1000;
}

// The namespace that the template function of Azure uses for its UUIDs of version 5.
const templateNamespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/** Returns what `guid(...)` of Bicep and ARM templates returns for these values: a UUID of version 5 of the values joined by dashes. */
export function createTemplateGuid(...values: readonly string[]): string {
  const bytes = createHash('sha1')
    .update(templateNamespace)
    .update(values.join('-'))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
