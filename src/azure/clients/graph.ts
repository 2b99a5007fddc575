import {
  AuthenticationHandler,
  Client,
  type GraphRequest,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import * as v from 'valibot';
import { errorCode, errorMessage } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { absentAsUndefined, type CallOptions, createCall } from '../calls.ts';
import type { Azure } from '../connection.ts';
import { parseAnswer } from '../refusals.ts';
import { graphRules } from '../rules/graph.ts';

/**
 * Microsoft Graph v1.0 as this project uses it. Paths begin after the version; `action` reads as in `read the application "x"`.
 * Answers are validated. Every method throws FederationError with the code of a rule.
 */
export interface Graph {
  /** Returns undefined if the object does not exist. */
  find<S extends v.GenericSchema>(
    action: string,
    path: string,
    schema: S,
  ): Promise<v.InferOutput<S> | undefined>;
  get<S extends v.GenericSchema>(
    action: string,
    path: string,
    schema: S,
    options?: CallOptions,
  ): Promise<v.InferOutput<S>>;
  /** Returns all entries of all pages; `schema` is that of one entry. */
  list<S extends v.GenericSchema>(
    action: string,
    path: string,
    schema: S,
    options?: CallOptions,
  ): Promise<readonly v.InferOutput<S>[]>;
  /** Creates or updates an object. Returns the object that was created; undefined if one was updated. */
  upsert<S extends v.GenericSchema>(
    action: string,
    path: string,
    upsert: { readonly body: object; readonly schema: S; readonly options?: CallOptions },
  ): Promise<v.InferOutput<S> | undefined>;
  post(action: string, path: string, body: object): Promise<void>;
  /** Returns false if the object did not exist. */
  remove(action: string, path: string, options?: CallOptions): Promise<boolean>;
}

/** Connects to Graph as the job's own identity, in its cloud. No request is sent. */
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
    middleware: [new AuthenticationHandler({ getAccessToken: token }), createTransport(deps.fetch)],
  });
  const call = createCall({ name: 'Microsoft Graph', rules: graphRules, values: {} }, deps);
  return createGraph((action, path, send, options) =>
    call(
      action,
      async () => {
        // The client wraps what its middleware throws and loses the cause, so that a failed sign-in is noticed here instead.
        await token();
        return send(client.api(path));
      },
      options,
    ),
  );
}

/** Sends one request, with retries. */
type Send = <T>(
  action: string,
  path: string,
  send: (request: GraphRequest) => Promise<T>,
  options?: CallOptions,
) => Promise<T>;

function createGraph(send: Send): Graph {
  const get: Graph['get'] = (action, path, schema, options) =>
    send(action, path, async (request) => parseAnswer(schema, await request.get()), options);
  return {
    get,
    find: (action, path, schema) => absentAsUndefined(get(action, path, schema)),
    list: async <S extends v.GenericSchema>(
      action: string,
      path: string,
      schema: S,
      options?: CallOptions,
    ) => {
      const entries: v.InferOutput<S>[] = [];
      for (let next: string | undefined = path; next !== undefined; ) {
        const page: Page = await get(action, next, pageSchema, options);
        entries.push(...parseAnswer(v.array(schema), page.value));
        next = page['@odata.nextLink'];
      }
      return entries;
    },
    upsert: async (action, path, { body, schema, options }) => {
      const upsert = async (request: GraphRequest) =>
        parseAnswer(v.nullish(schema), await request.header('Prefer', 'create-if-missing').patch(body));
      return (await send(action, path, upsert, options)) ?? undefined;
    },
    post: async (action, path, body) => {
      await send(action, path, (request) => request.post(body));
    },
    remove: async (action, path, options) => {
      const removed = send(action, path, (request) => request.delete().then(() => true), options);
      return (await absentAsUndefined(removed)) ?? false;
    },
  };
}

const pageSchema = v.object({
  value: v.array(v.unknown()),
  '@odata.nextLink': v.optional(v.string()),
});
type Page = v.InferOutput<typeof pageSchema>;

// Last link of the client's chain. The SDK's own retry handler is left out: `Call` retries, and only what is known to pass.
function createTransport(fetch: typeof globalThis.fetch): Middleware {
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
