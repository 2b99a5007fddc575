import type { Lifetime } from '../credentials/credential.ts';

/** What every object that this action creates carries, so that it never deletes anything else. */
export interface Mark {
  readonly owner: string;
  readonly lifetime: Lifetime;
}

/** Checks an owner, which is written between spaces in descriptions. Throws `Error` that says what to write instead. */
export function parseOwner(value: string): string {
  if (/\s/.test(value) || value.length > 120)
    throw new Error('write up to 120 characters without whitespace, for example, owner/repository');
  return value;
}

/** First tag of everything that this action creates. */
export const markTag = 'entra-kubernetes-federation';

/** Returns the mark as tags of an application or a service principal. */
export function formatMarkTags({ owner, lifetime }: Mark): readonly string[] {
  const tags = [markTag, `owner:${owner}`];
  return lifetime.kind === 'job' ? [...tags, `job-since:${formatTime(lifetime.since)}`] : tags;
}

/** Reads the mark from tags; undefined if they do not contain it. */
export function parseMark(tags: readonly string[] | null | undefined): Mark | undefined {
  if (!tags?.includes(markTag)) return undefined;
  const value = (name: string) => tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  const since = Date.parse(value('job-since') ?? '');
  return {
    owner: value('owner') ?? '',
    lifetime: Number.isNaN(since) ? { kind: 'kept' } : { kind: 'job', since: since / 1000 },
  };
}

/** Returns the mark as tags of a resource, which have names and values. */
export function formatMarkRecord(mark: Mark): Record<string, string> {
  const pairs = formatMarkTags(mark)
    .slice(1)
    .map((tag) => [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)]);
  return { 'managed-by': markTag, ...Object.fromEntries(pairs) };
}

/** Reads the mark from the tags of a resource. */
export function parseMarkRecord(tags: Readonly<Record<string, string>> | undefined): Mark | undefined {
  if (tags?.['managed-by'] !== markTag) return undefined;
  return parseMark([markTag, ...Object.entries(tags).map(([name, value]) => `${name}:${value}`)]);
}

/** Returns the mark as text, for objects that only have a description. */
export function formatMarkText(mark: Mark): string {
  return formatMarkTags(mark).join(' ');
}

/** Reads the mark from such a text. */
export function parseMarkText(text: string | undefined): Mark | undefined {
  return parseMark(text?.split(' '));
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Returns the wanted tags of an existing object: all that it has, except that an object to keep no longer ends with a job. */
export function updateTags(tags: readonly string[], wanted: Mark): readonly string[] {
  return becomesPermanent(parseMark(tags), wanted)
    ? tags.filter((tag) => !tag.startsWith('job-since:'))
    : tags;
}

/** Returns the same for the tags of a resource. */
export function updateRecord(tags: Readonly<Record<string, string>>, wanted: Mark): Record<string, string> {
  const { 'job-since': since, ...others } = tags;
  return since === undefined || becomesPermanent(parseMarkRecord(tags), wanted) ? others : { ...tags };
}

/** Returns whether an object that was to end with a job is now to be kept. */
export function becomesPermanent(mark: Mark | undefined, wanted: Mark): boolean {
  return endsWithJob(mark, wanted.owner) && wanted.lifetime.kind === 'kept';
}

/** Returns whether this owner created the object, to end with its job. */
export function endsWithJob(mark: Mark | undefined, owner: string): boolean {
  return mark?.owner === owner && mark.lifetime.kind === 'job';
}
