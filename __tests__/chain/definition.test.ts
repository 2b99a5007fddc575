import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/actions/registry.ts';
import { definition } from '../../src/chain/definition.ts';
import { type Inputs, linkInputs } from '../../src/chain/request.ts';
import { camelCase, type Link, parseInputs } from '../../src/runtime/index.ts';

const actionNames: Readonly<Record<Link, string>> = {
  keys: 'generate-keys',
  issuer: 'publish-issuer',
  cluster: 'start-minikube',
  identity: 'federate-app',
  webhook: 'install-webhook',
  pod: 'verify-pod',
};
const links = Object.keys(actionNames) as Link[];
const definitions = await loadDefinitions();
const findDefinition = (link: Link) => {
  const found = definitions.find(({ definition: { name } }) => name === actionNames[link])?.definition;
  if (found === undefined) throw new Error(`no action for ${link}`);
  return found;
};
const inputs = Object.entries(definition.inputs).map(([name, input]) => ({
  name,
  ...input,
  links: input.links as readonly Link[],
}));

/** What earlier links set, whatever link comes next. */
const outputs = Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, `output ${name}`]));
const inputsForLink = (link: Link, given: Inputs): Readonly<Record<string, unknown>> => ({
  ...linkInputs[link](given, outputs),
});

describe('the inputs of the umbrella', () => {
  test.each(inputs)('$name reaches exactly the links that it names', ({ name, links: named }) => {
    const before = parseInputs(
      definition.inputs,
      (input) => (input === 'service-accounts' ? 'demo/reader' : undefined),
      () => undefined,
    );
    // A list, so that it also stands for inputs that are lists. `on-exit` is translated, so it needs a real value.
    const value = name === 'on-exit' ? 'remove' : [{ other: name }];
    const after = { ...before, [camelCase(name)]: value } as Inputs;
    const reached = links.filter((link) => {
      const changed = JSON.stringify(inputsForLink(link, after));
      return changed !== JSON.stringify(inputsForLink(link, before));
    });
    expect(reached).toEqual(named);
  });

  test.each(inputs.filter((input) => input.links.length > 1))(
    '$name has a description for all its links, not that of one',
    ({ name, description, links: named }) => {
      const declared = named
        .map((link) => findDefinition(link).inputs[name]?.description)
        .filter((text) => text !== undefined);
      const shared = declared.length === named.length && new Set(declared).size === 1;
      if (!shared) expect(declared).not.toContain(description);
    },
  );

  test('leave out only what earlier links set, and the plan of federate-app', () => {
    const names = links.flatMap((link) => Object.keys(findDefinition(link).inputs));
    const missing = names.filter((name) => !(name in definition.inputs));
    expect([...new Set(missing)].sort()).toEqual(['bicep-directory', 'jwks-url', 'plan', 'private-key-file']);
    expect(inputs.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('are all optional: what a link requires, an earlier link sets', () => {
    expect(inputs.filter(({ required }) => required).map(({ name }) => name)).toEqual([]);
  });

  test('never ask federate-app for a plan', () => {
    const given = parseInputs(
      definition.inputs,
      (name) => ({ plan: 'true', 'service-accounts': 'demo/reader' })[name],
      () => undefined,
    );
    expect(linkInputs.identity(given, outputs)).toMatchObject({ plan: false });
  });

  test('are grouped by link, each group in one piece', () => {
    const groups = inputs.map(({ group }) => group);
    const starts = groups.filter((group, index) => group !== groups[index - 1]);
    expect(starts).toEqual([
      'Azure',
      'Signing key',
      'Issuer',
      'Cluster',
      'Identity',
      'Webhook',
      'Pod',
      'Run',
    ]);
  });
});

describe('the outputs of the umbrella', () => {
  test('are those of the six links, except for the Bicep file', () => {
    const names = new Set(links.flatMap((link) => Object.keys(findDefinition(link).outputs)));
    names.delete('bicep-file');
    expect(new Set(Object.keys(definition.outputs))).toEqual(names);
  });
});
