/** Returns whether two IDs or names are the same. Azure's are not case-sensitive. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Finds an item by its name, which is not case-sensitive. */
export function findByName<T extends { readonly name: string }>(
  items: readonly T[],
  name: string,
): T | undefined {
  return items.find((item) => isSameId(item.name, name));
}

/** Replaces an item, or appends the new one if there is no old one. */
export function replace<T>(items: T[], old: T | undefined, item: T): void {
  const index = old === undefined ? -1 : items.indexOf(old);
  if (index === -1) items.push(item);
  else items[index] = item;
}

/** Removes matching items from an array. Returns whether there were any. */
export function remove<T>(items: T[], matches: (item: T) => boolean): boolean {
  const kept = items.filter((item) => !matches(item));
  const removed = kept.length < items.length;
  items.splice(0, items.length, ...kept);
  return removed;
}
