import { decodePart, type Exchange, type Reply } from './exchange.ts';

/** The decoded values of a path's named groups. */
export type Parameters = Readonly<Record<string, string>>;

export interface Route<Context> {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (parameters: Parameters, exchange: Exchange, context: Context) => Promise<Reply> | Reply;
}

/**
 * Creates a route. In `/secrets/{name}/?`, `{name}` is one segment, and the rest is a regular expression with
 * `flags`.
 */
export function route<Context>(
  method: string,
  template: string,
  handle: Route<Context>['handle'],
  flags = '',
): Route<Context> {
  const source = template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { method, pattern: new RegExp(`^${source}$`, flags), handle };
}

/**
 * Runs the first matching route. Otherwise answers with `fallback`, which learns whether another method has
 * this path.
 */
export async function dispatch<Context>(
  routes: readonly Route<Context>[],
  exchange: Exchange,
  context: Context,
  fallback: (hasPath: boolean) => Reply,
): Promise<Reply> {
  let hasPath = false;
  // Some clients encode the quotes and parentheses of OData keys, some do not. Some put a slash before a
  // scope that starts with one.
  const path = exchange.url.pathname.replace(/%2[789]/gi, decodeURIComponent).replace(/^\/{2,}/, '/');
  for (const { method, pattern, handle } of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    if (method !== exchange.method && !(method === 'GET' && exchange.method === 'HEAD')) {
      hasPath = true;
      continue;
    }
    const parameters = Object.fromEntries(
      // Groups of another form of the path are absent, not empty.
      Object.entries(match.groups ?? {})
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, decodePart(value)]),
    );
    return handle(parameters, exchange, context);
  }
  return fallback(hasPath);
}
