import {
  AuthenticationHandler,
  Client,
  type GraphRequest,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { errorCode, errorMessage } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { absentAsUndefined, type CallOptions, createCall } from '../calls.ts';
import type { Azure } from '../connection.ts';
import { graphRules } from '../rules/graph.ts';

/** Microsoft Graph v1.0 as this project uses it. Paths begin behind the version; `doing` is how an error begins. */
export interface Graph {
  /** Undefined where there is no such thing. */
  find<T>(doing: string, path: string): Promise<T | undefined>;
  get<T>(doing: string, path: string, options?: CallOptions): Promise<T>;
  /** All pages. */
  list<T>(doing: string, path: string, options?: CallOptions): Promise<readonly T[]>;
  /** PATCH that creates what is not there. The body of what was created; undefined where something was there and has been updated. */
  upsert<T>(doing: string, path: string, body: object, options?: CallOptions): Promise<T | undefined>;
  post(doing: string, path: string, body: object): Promise<void>;
  /** False where there was nothing to remove. */
  remove(doing: string, path: string, options?: CallOptions): Promise<boolean>;
}

/** Graph for the job's own identity, in its cloud. Nothing is sent before it is used. */
export function connectGraph(
  azure: Pick<Azure, 'environment' | 'credential'>,
  deps: Pick<Deps, 'log' | 'clock' | 'fetch'>,
): Graph {
  const token = async () => {
    const issued = await azure.credential.getToken(`${azure.environment.graphAudience}/.default`);
    return issued?.token ?? '';
  };
  const client = Client.initWithMiddleware({
    baseUrl: `${azure.environment.graph}/`,
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(azure.environment.graph).hostname]),
    middleware: [new AuthenticationHandler({ getAccessToken: token }), transport(deps.fetch)],
  });
  const call = createCall({ name: 'Microsoft Graph', rules: graphRules, values: {} }, deps);
  return graphBy((doing, path, send, options) =>
    call(
      doing,
      async () => {
        // The client wraps whatever its middleware throws and loses the cause: a failing sign-in shows itself here instead.
        await token();
        return send(client.api(path));
      },
      options,
    ),
  );
}

type Send = <T>(
  doing: string,
  path: string,
  send: (request: GraphRequest) => Promise<T>,
  options?: CallOptions,
) => Promise<T>;

function graphBy(send: Send): Graph {
  const get = <T>(doing: string, path: string, options?: CallOptions) =>
    send<T>(doing, path, (request) => request.get(), options);
  return {
    get,
    find: (doing, path) => absentAsUndefined(get(doing, path)),
    list: async <T>(doing: string, path: string, options?: CallOptions) => {
      const all: T[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Page<T> = await get<Page<T>>(doing, next, options);
        all.push(...page.value);
        next = page['@odata.nextLink'];
      }
      return all;
    },
    upsert: async <T>(doing: string, path: string, body: object, options?: CallOptions) => {
      const upsert = (request: GraphRequest) => request.header('Prefer', 'create-if-missing').patch(body);
      const created: T | null | undefined = await send(doing, path, upsert, options);
      return created ?? undefined;
    },
    post: async (doing, path, body) => {
      await send(doing, path, (request) => request.post(body));
    },
    remove: async (doing, path, options) => {
      const removed = send(doing, path, (request) => request.delete().then(() => true), options);
      return (await absentAsUndefined(removed)) ?? false;
    },
  };
}

interface Page<T> {
  readonly value: readonly T[];
  readonly '@odata.nextLink'?: string;
}

// Last link of the client's chain. The SDK's own retry handler is left out: `callsTo` retries, and only what is known to pass.
function transport(fetch: typeof globalThis.fetch): Middleware {
  return {
    execute: async (context) => {
      try {
        context.response = await fetch(context.request, context.options);
      } catch (error) {
        // The client keeps the message and the name of what is thrown here, and nothing else.
        const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        throw Object.assign(new Error(errorMessage(error)), { name: errorCode(reason) ?? 'NetworkError' });
      }
    },
  };
}
