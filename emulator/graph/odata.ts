import type { Exchange, Reply } from '../http/exchange.ts';
import { type GraphContext, graphError } from './request.ts';

type Item = Readonly<Record<string, unknown>>;
type Condition = (item: Item) => boolean;

/** Answers with one item, with the properties that `$select` asks for. */
export function replyWithItem(
  context: GraphContext,
  exchange: Exchange,
  set: string,
  item: Item,
  status = 200,
): Reply {
  const select = exchange.url.searchParams.get('$select');
  return {
    status,
    body: {
      '@odata.context': `${context.azure.urls.graph}/v1.0/$metadata#${set}${select ? `(${select})` : ''}/$entity`,
      ...selectProperties(item, select),
    },
  };
}

/**
 * Answers with one page of a filtered list and the link to the next page. `filterable` lists the properties
 * for `$filter`.
 */
export function replyWithPage(
  context: GraphContext,
  exchange: Exchange,
  set: string,
  items: readonly Item[],
  filterable: readonly string[],
): Reply {
  const { azure } = context;
  const { searchParams } = exchange.url;
  const condition = parseFilter(searchParams.get('$filter'), filterable);
  const found = items.filter(condition);
  const size = Math.min(Number(searchParams.get('$top') ?? azure.behaviour.graphPageSize), 999);
  if (!Number.isInteger(size) || size < 1) throw unsupported('Invalid page size specified.');
  const start = Number(searchParams.get('$skiptoken') ?? 0);
  const next = new URL(`${azure.urls.graph}${exchange.url.pathname}${exchange.url.search}`);
  next.searchParams.set('$skiptoken', String(start + size));
  const select = searchParams.get('$select');
  return {
    status: 200,
    body: {
      '@odata.context': `${azure.urls.graph}/v1.0/$metadata#${set}`,
      ...(start + size < found.length ? { '@odata.nextLink': next.href } : {}),
      value: found.slice(start, start + size).map((item) => selectProperties(item, select)),
    },
  };
}

function selectProperties(item: Item, select: string | null): Item {
  if (!select) return item;
  const names = select.split(',').map((name) => name.trim());
  return Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]]));
}

// The part of OData that clients of these lists use: equality, startsWith and tags, joined with `and`.
function parseFilter(filter: string | null, filterable: readonly string[]): Condition {
  if (!filter) return () => true;
  const terms = filter
    .split(/ and (?=(?:[^']*'[^']*')*[^']*$)/i)
    .map((term) => parseTerm(term.trim(), filterable));
  return (item) => terms.every((term) => term(item));
}

function parseTerm(term: string, filterable: readonly string[]): Condition {
  const equality = /^\(?(\w+) eq '((?:[^']|'')*)'\)?$/i.exec(term);
  const prefix = /^startswith\((\w+),\s*'((?:[^']|'')*)'\)$/i.exec(term);
  const element = /^(\w+)\/any\((\w+):\s*\2 eq '((?:[^']|'')*)'\)$/i.exec(term);
  const name = (equality ?? prefix ?? element)?.[1] ?? '';
  if (!filterable.includes(name))
    throw unsupported(
      `Unsupported or invalid query filter clause specified for property '${name || term}' of resource.`,
    );
  const value = (element?.[3] ?? equality?.[2] ?? prefix?.[2] ?? '').replaceAll("''", "'");
  if (element) return (item) => Array.isArray(item[name]) && item[name].includes(value);
  if (prefix)
    return (item) =>
      String(item[name] ?? '')
        .toLowerCase()
        .startsWith(value.toLowerCase());
  return (item) => item[name] === value;
}

function unsupported(message: string) {
  return graphError(400, 'Request_UnsupportedQuery', message);
}
