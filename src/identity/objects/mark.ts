import type { Lifetime } from '../credentials/credential.ts';

/** What every object that is made here carries, so that nothing else is ever removed. */
export interface Mark {
  readonly owner: string;
  readonly lifetime: Lifetime;
}

/** Checks an owner, which stands between blanks in descriptions. Throws `Error` that says what to write. */
export function parseOwner(value: string): string {
  if (/\s/.test(value) || value.length > 120)
    throw new Error('write up to 120 characters without white space, such as owner/repository');
  return value;
}

/** First tag of everything made here. */
export const markTag = 'entra-kubernetes-federation';

/** The mark as tags of an application or a service principal. */
export function markTags({ owner, lifetime }: Mark): readonly string[] {
  const tags = [markTag, `owner:${owner}`];
  return lifetime.kind === 'job' ? [...tags, `job-since:${isoTime(lifetime.since)}`] : tags;
}

/** Reads the mark out of tags; undefined where there is none. */
export function parseMark(tags: readonly string[] | null | undefined): Mark | undefined {
  if (!tags?.includes(markTag)) return undefined;
  const value = (name: string) => tags.find((tag) => tag.startsWith(`${name}:`))?.slice(name.length + 1);
  const since = Date.parse(value('job-since') ?? '');
  return {
    owner: value('owner') ?? '',
    lifetime: Number.isNaN(since) ? { kind: 'kept' } : { kind: 'job', since: since / 1000 },
  };
}

/** The mark as tags of a resource, which are names with values. */
export function markRecord(mark: Mark): Record<string, string> {
  const pairs = markTags(mark)
    .slice(1)
    .map((tag) => [tag.slice(0, tag.indexOf(':')), tag.slice(tag.indexOf(':') + 1)]);
  return { 'managed-by': markTag, ...Object.fromEntries(pairs) };
}

/** Reads the mark out of a resource's tags. */
export function markOfRecord(tags: Readonly<Record<string, string>> | undefined): Mark | undefined {
  if (tags?.['managed-by'] !== markTag) return undefined;
  return parseMark([markTag, ...Object.entries(tags).map(([name, value]) => `${name}:${value}`)]);
}

/** The mark as one sentence, for objects that have a description only. */
export function markText(mark: Mark): string {
  return markTags(mark).join(' ');
}

/** Reads the mark out of such a sentence. */
export function markOfText(text: string | undefined): Mark | undefined {
  return parseMark(text?.split(' '));
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The tags of something that is there already: all of them, but what a run keeps no longer ends with the job that made it. */
export function keptTags(tags: readonly string[], wanted: Mark): readonly string[] {
  return outlivesItsJob(parseMark(tags), wanted) ? tags.filter((tag) => !tag.startsWith('job-since:')) : tags;
}

/** The same for the tags of a resource. */
export function keptRecord(tags: Readonly<Record<string, string>>, wanted: Mark): Record<string, string> {
  const { 'job-since': since, ...others } = tags;
  return since === undefined || outlivesItsJob(markOfRecord(tags), wanted) ? others : { ...tags };
}

/** Whether something that was to end with its job is now wanted to stay. */
export function outlivesItsJob(mark: Mark | undefined, wanted: Mark): boolean {
  return endsWithJob(mark, wanted.owner) && wanted.lifetime.kind === 'kept';
}

/** Whether something was made here, by this owner, to end with its job. */
export function endsWithJob(mark: Mark | undefined, owner: string): boolean {
  return mark?.owner === owner && mark.lifetime.kind === 'job';
}
