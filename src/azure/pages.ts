/** All entries of a paged list of the official clients. */
export async function collectPages<T>(pages: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const entry of pages) all.push(entry);
  return all;
}
