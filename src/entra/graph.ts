import { AuthenticationHandler, Client, type Middleware } from '@microsoft/microsoft-graph-client';
import type { Azure } from '../azure/index.ts';
import { codeOf, type Deps, messageOf } from '../runtime/index.ts';
import { absentAsUndefined, type CallOptions, callsTo } from './calls.ts';

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
  const call = callsTo('Microsoft Graph', deps);
  const request = (path: string) => client.api(path);
  // The client wraps whatever its middleware throws and loses the cause: a failing sign-in shows itself here instead.
  const signedIn =
    <T>(attempt: () => Promise<T>) =>
    async () => {
      await token();
      return attempt();
    };
  const get = <T>(doing: string, path: string, options?: CallOptions) =>
    call(
      doing,
      signedIn(() => request(path).get() as Promise<T>),
      options,
    );
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
    upsert: <T>(doing: string, path: string, body: object, options?: CallOptions) =>
      call(
        doing,
        signedIn(async () => {
          const answer: T | undefined = await request(path).header('Prefer', 'create-if-missing').patch(body);
          return answer ?? undefined;
        }),
        options,
      ),
    post: (doing, path, body) =>
      call(
        doing,
        signedIn(async () => void (await request(path).post(body))),
      ),
    remove: async (doing, path, options) =>
      (await absentAsUndefined(
        call(
          doing,
          signedIn(async () => {
            await request(path).delete();
            return true;
          }),
          options,
        ),
      )) ?? false,
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
        throw Object.assign(new Error(messageOf(error)), { name: codeOf(reason) ?? 'NetworkError' });
      }
    },
  };
}
