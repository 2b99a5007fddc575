import { createTemplateGuid } from '../../src/identity/credentials/names.ts';

/** One resource as a deployment of a Bicep file would make it. */
export interface DeployedResource {
  readonly symbol: string;
  /** `Microsoft.Graph/applications@v1.0`. */
  readonly type: string;
  readonly existing: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What only a deployment knows: ids that the services give, and where it goes. */
export interface DeploymentContext {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Values of properties that a resource has once it is made, by its symbol. */
  readonly made: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The module files, by path. */
  readonly files: Readonly<Record<string, string>>;
}

type Scope = Map<string, unknown>;

/** Reads the part of Bicep that is written here and gives back the resources, those of modules included, with every expression worked out. */
export function deploy(
  text: string,
  context: DeploymentContext,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly DeployedResource[] {
  const reader = new Reader(text, context, parameters);
  return reader.file();
}

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly context: DeploymentContext;
  private readonly parameters: Readonly<Record<string, unknown>>;
  private readonly scope: Scope = new Map();
  private readonly resources: DeployedResource[] = [];

  constructor(text: string, context: DeploymentContext, parameters: Readonly<Record<string, unknown>>) {
    this.text = text;
    this.context = context;
    this.parameters = parameters;
  }

  file(): readonly DeployedResource[] {
    for (this.blank(); this.at < this.text.length; this.blank()) this.statement();
    return this.resources;
  }

  private statement(): void {
    if (this.takes('@')) return void this.value(this.scope);
    const word = this.word();
    if (word === 'extension') return void this.word();
    if (word === 'targetScope') {
      this.expect('=');
      this.value(this.scope);
      return;
    }
    const symbol = this.word();
    if (word === 'param' || word === 'output') this.word();
    if (word === 'param') {
      const standard = this.takes('=') ? this.value(this.scope) : undefined;
      const given = symbol in this.parameters ? this.parameters[symbol] : standard;
      if (given === undefined) throw new Error(`the parameter ${symbol} has no value`);
      this.scope.set(symbol, given);
      return;
    }
    if (word === 'var' || word === 'output') {
      this.expect('=');
      const value = this.value(this.scope);
      if (word === 'var') this.scope.set(symbol, value);
      return;
    }
    if (word !== 'resource' && word !== 'module') throw new Error(`cannot read ${word} at ${this.at}`);
    const type = String(this.value(this.scope));
    const existing = this.takes('existing');
    this.expect('=');
    const bodies = [this.value(this.scope)].flat() as Record<string, unknown>[];
    for (const body of bodies)
      word === 'resource' ? this.made(symbol, type, existing, body) : this.module(type, body);
  }

  private made(symbol: string, type: string, existing: boolean, body: Record<string, unknown>): void {
    this.resources.push({ symbol, type, existing, body });
    const { subscriptionId, resourceGroup } = this.context;
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type.split('@')[0]}/${body.name}`;
    this.scope.set(symbol, { id, ...body, ...this.context.made[symbol] });
  }

  private module(file: string, body: Record<string, unknown>): void {
    const text = this.context.files[file];
    if (text === undefined) throw new Error(`the module ${file} is not there`);
    const place = body.scope as Partial<DeploymentContext>;
    const inner = deploy(text, { ...this.context, ...place }, body.params as Record<string, unknown>);
    this.resources.push(...inner);
  }

  private value(scope: Scope): unknown {
    this.blank();
    if (this.text[this.at] === "'") return this.string(scope);
    if (this.takes('{')) return this.object(scope);
    if (this.takes('[')) return this.list(scope);
    return this.reference(scope);
  }

  private string(scope: Scope): string {
    let result = '';
    for (this.at++; this.text[this.at] !== "'"; ) {
      if (this.text.startsWith('${', this.at)) {
        this.at += 2;
        result += String(this.value(scope));
        this.expect('}');
      } else if (this.text[this.at] === '\\') {
        const next = this.text[this.at + 1] ?? '';
        result += next === 'n' ? '\n' : next;
        this.at += 2;
      } else result += this.text[this.at++];
    }
    this.at++;
    return result;
  }

  private object(scope: Scope): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    while (!this.takes('}')) {
      const name = this.text[this.at] === "'" ? this.string(scope) : this.word();
      this.expect(':');
      result[name] = this.value(scope);
    }
    return result;
  }

  private list(scope: Scope): unknown[] {
    if (!this.takes('for ')) {
      const result: unknown[] = [];
      while (!this.takes(']')) result.push(this.value(scope));
      return result;
    }
    const item = this.word();
    this.expect('in');
    const items = this.value(scope) as unknown[];
    this.expect(':');
    const start = this.at;
    const result = items.map((entry) => {
      this.at = start;
      return this.value(new Map([...scope, [item, entry]]));
    });
    this.expect(']');
    return result;
  }

  private reference(scope: Scope): unknown {
    const name = this.word();
    let value = this.text[this.at] === '(' ? this.call(name, scope) : scope.get(name);
    if (/^\d+$/.test(name)) value = Number(name);
    while (this.text[this.at] === '.') {
      this.at++;
      value = (value as Record<string, unknown>)[this.word()];
    }
    if (value === undefined) throw new Error(`${name} is not known at ${this.at}`);
    return value;
  }

  private call(name: string, scope: Scope): unknown {
    this.expect('(');
    const args: unknown[] = [];
    while (!this.takes(')')) {
      args.push(this.value(scope));
      this.takes(',');
    }
    const { subscriptionId, resourceGroup, location } = this.context;
    const texts = args.map(String);
    switch (name) {
      case 'guid':
        return createTemplateGuid(...texts);
      case 'subscriptionResourceId':
        return `/subscriptions/${subscriptionId}/providers/${texts.join('/')}`;
      case 'subscription':
        return { id: `/subscriptions/${subscriptionId}`, subscriptionId: texts[0] ?? subscriptionId };
      case 'resourceGroup': {
        const [subscription = subscriptionId, group = resourceGroup] = texts;
        const id = `/subscriptions/${subscription}/resourceGroups/${group}`;
        return { id, location, subscriptionId: subscription, resourceGroup: group };
      }
      case 'batchSize':
      case 'description':
        return true;
      default:
        throw new Error(`the function ${name} is not known`);
    }
  }

  private blank(): void {
    const match = /^(?:\s|\/\/[^\n]*)*/.exec(this.text.slice(this.at));
    this.at += match?.[0].length ?? 0;
  }

  private word(): string {
    this.blank();
    const match = /^\w+/.exec(this.text.slice(this.at));
    if (!match) throw new Error(`a name is expected at: ${this.text.slice(this.at, this.at + 40)}`);
    this.at += match[0].length;
    return match[0];
  }

  private takes(token: string): boolean {
    this.blank();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    this.blank();
    return true;
  }

  private expect(token: string): void {
    if (!this.takes(token))
      throw new Error(`${token} is expected at: ${this.text.slice(this.at, this.at + 40)}`);
  }
}
