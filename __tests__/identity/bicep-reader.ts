import type { Node } from 'web-tree-sitter';
import { createTemplateGuid } from '../../src/identity/credentials/names.ts';
import { parseBicep, readChildren } from './bicep-tree.ts';

/** One resource as a deployment of a Bicep file would create it. */
export interface DeployedResource {
  readonly symbol: string;
  /** `Microsoft.Graph/applications@v1.0`. */
  readonly type: string;
  readonly existing: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What only a deployment knows: its scope, and the IDs that the services return. */
export interface DeploymentContext {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Values of properties that a resource has after its creation, by its symbol. */
  readonly made: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The module files, by path. */
  readonly files: Readonly<Record<string, string>>;
}

type Values = Readonly<Record<string, unknown>>;
type Scope = ReadonlyMap<string, unknown>;

/** Returns the resources of a file and its modules, with every expression evaluated. Throws if the file is not Bicep. */
export function deploy(
  text: string,
  context: DeploymentContext,
  parameters: Values = {},
): readonly DeployedResource[] {
  const scope = new Map<string, unknown>();
  return parseBicep(text).flatMap((statement) => {
    const [first, ...rest] = readChildren(statement);
    const value = () => evaluate(requireNode(rest.at(-1)), scope, context);
    const symbol = first?.text ?? '';
    switch (statement.type) {
      case 'parameter_declaration':
        scope.set(symbol, symbol in parameters ? parameters[symbol] : value());
        return [];
      case 'variable_declaration':
        scope.set(symbol, value());
        return [];
      case 'output_declaration':
        value(); // an output that refers to something unknown throws
        return [];
      case 'module_declaration': {
        const file = String(evaluate(requireNode(rest[0]), scope, context));
        return [value()].flat().flatMap((body) => deployModule(file, body as Values, context));
      }
      case 'resource_declaration': {
        const type = String(evaluate(requireNode(rest[0]), scope, context));
        const existing = statement.children.some((child) => child?.type === 'existing');
        return ([value()].flat() as Values[]).map((body) => {
          scope.set(symbol, describeResource(symbol, type, body, context));
          return { symbol, type, existing, body };
        });
      }
      default:
        return []; // targetScope, import and decorators
    }
  });
}

function describeResource(symbol: string, type: string, body: Values, context: DeploymentContext): Values {
  const { subscriptionId, resourceGroup, made } = context;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type.split('@')[0]}/${body.name}`;
  return { id, ...body, ...made[symbol] };
}

function deployModule(file: string, body: Values, context: DeploymentContext): readonly DeployedResource[] {
  const text = context.files[file];
  if (text === undefined) throw new Error(`the module ${file} does not exist`);
  const scope = body.scope as Partial<DeploymentContext>;
  return deploy(text, { ...context, ...scope }, body.params as Values);
}

function evaluate(node: Node, scope: Scope, context: DeploymentContext): unknown {
  const children = readChildren(node);
  const inner = (child: Node | undefined) => evaluate(requireNode(child), scope, context);
  switch (node.type) {
    case 'string':
      return readString(node, scope, context);
    case 'number':
      return Number(node.text);
    case 'array':
      return children.map(inner);
    case 'object':
      return Object.fromEntries(children.map((property) => readProperty(property, scope, context)));
    case 'for_statement': {
      const [item, list, body] = children;
      return (inner(list) as unknown[]).map((entry) =>
        evaluate(requireNode(body), new Map([...scope, [item?.text ?? '', entry]]), context),
      );
    }
    case 'identifier':
      return requireValue(scope.get(node.text), node);
    case 'member_expression': {
      const [object, property] = children;
      return requireValue((inner(object) as Values)[property?.text ?? ''], node);
    }
    case 'call_expression': {
      const [name, list] = children;
      return call(name?.text ?? '', readChildren(requireNode(list)).map(inner), context);
    }
    default:
      throw new Error(`the reader does not know ${node.type}: ${node.text}`);
  }
}

// The grammar has no node for an escaped `$`: it is the gap between two parts.
function readString(node: Node, scope: Scope, context: DeploymentContext): string {
  let end = node.startIndex + 1;
  return readChildren(node)
    .map((part) => {
      const gap = part.startIndex > end ? '$' : '';
      end = part.endIndex;
      return `${gap}${readPart(part, scope, context)}`;
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readPart(part: Node, scope: Scope, context: DeploymentContext): string {
  if (part.type === 'interpolation')
    return String(evaluate(requireNode(readChildren(part)[0]), scope, context));
  if (part.type !== 'escape_sequence') return part.text;
  const escaped = part.text.slice(1);
  return escapes[escaped] ?? escaped;
}

function readProperty(property: Node, scope: Scope, context: DeploymentContext): readonly [string, unknown] {
  const [name, value] = readChildren(property);
  const key = name?.type === 'string' ? String(evaluate(name, scope, context)) : (name?.text ?? '');
  return [key, evaluate(requireNode(value), scope, context)];
}

function call(name: string, args: readonly unknown[], context: DeploymentContext): unknown {
  const { subscriptionId, resourceGroup, location } = context;
  const texts = args.map(String);
  if (name === 'guid') return createTemplateGuid(...texts);
  if (name === 'subscriptionResourceId')
    return `/subscriptions/${subscriptionId}/providers/${texts.join('/')}`;
  const [subscription = subscriptionId, group = resourceGroup] = texts;
  const id = `/subscriptions/${subscription}`;
  if (name === 'subscription') return { id, subscriptionId: subscription };
  if (name === 'resourceGroup')
    return {
      id: `${id}/resourceGroups/${group}`,
      ...{ location, subscriptionId: subscription, resourceGroup: group },
    };
  throw new Error(`the reader does not know the function ${name}`);
}

function requireNode(node: Node | undefined): Node {
  if (node === undefined) throw new Error('a part of the statement is missing');
  return node;
}

function requireValue(value: unknown, node: Node): unknown {
  if (value === undefined) throw new Error(`${node.text} has no value`);
  return value;
}
