import { createHash } from 'node:crypto';

/** Entra's limits for a federated credential's name. */
export const credentialNamePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/;

/** What a credential's name is made of, and is recognised by. */
export interface CredentialKey {
  /** Who made it: a repository, or what the input `owner` says. */
  readonly owner: string;
  readonly issuer: string;
  readonly subject: string;
}

/**
 * The name of the credential that stays: `k8s-<namespace>-<service account>-<16 hex digits>`. The digits are of a hash over owner, issuer and
 * subject, so that one application can trust the same account of several clusters, and so that a credential of ours is known by its own content.
 */
export function credentialName(key: CredentialKey): string {
  const account = key.subject.replace(/^system:serviceaccount:/, '');
  const readable = account.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 80);
  return `k8s-${readable}-${digest(key)}`;
}

/** The name of a credential that lives as long as its job: it tells its age, which Entra does not. */
export function jobCredentialName(key: CredentialKey, now: number): string {
  return `k8s-job-${compactTime(now)}-${digest(key)}`;
}

/** Whether a credential was made here by this owner, and since when where it lives as long as its job only. */
export function recogniseCredential(
  name: string,
  key: CredentialKey,
): { readonly ours: false } | { readonly ours: true; readonly jobSince?: number } {
  if (name === credentialName(key)) return { ours: true };
  const [, time, hash] = /^k8s-job-(\d{14})-([0-9a-f]{16})$/.exec(name) ?? [];
  return time !== undefined && hash === digest(key)
    ? { ours: true, jobSince: timeFrom(time) }
    : { ours: false };
}

function digest(key: CredentialKey): string {
  const text = [key.owner, key.issuer, key.subject].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function compactTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function timeFrom(compact: string): number {
  const iso = compact.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso) / 1000;
}

// Azure's own template function uses this namespace for its UUIDs of version 5.
const templateNamespace = Buffer.from('11fb06fb712d4ddd98c7e71bbd588830', 'hex');

/** What `guid(...)` of Bicep and ARM templates gives for the same values: a UUID of version 5 over the values joined by dashes. */
export function templateGuid(...values: readonly string[]): string {
  const hash = createHash('sha1').update(templateNamespace).update(values.join('-')).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
