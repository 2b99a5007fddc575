import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lexer, type Token, type Tokens } from 'marked';
import { parse } from 'yaml';
import { loadDefinitions } from '../../src/actions/registry.ts';

const actions = await loadDefinitions();

const repository = 'OWNER/entra-kubernetes-federation';

interface Action {
  readonly inputs?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}
/** What a reusable workflow declares. */
type Workflow = Pick<Action, 'inputs'> & { readonly secrets?: Action['inputs'] };
/** A step, or a job that calls a workflow. */
interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}
/** One YAML text in which actions of this repository are used. */
interface Example {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly Step[];
}

const readmes = ['README.md', ...list('actions').map((name) => `actions/${name}/README.md`)];
const pages = [
  ...readmes,
  ...list('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'emulator/README.md',
];
const workflows = list('.github/workflows').map((name) => `.github/workflows/${name}`);
const examples = [...pages.flatMap(examplesIn), ...workflows.flatMap(workflowIn)];
const used = examples.flatMap(({ title, steps }) =>
  steps.filter(isOurs).map((step) => ({ title: `${title}: ${step.uses}`, step })),
);
const calls = examples.flatMap(({ title, steps }) =>
  steps.filter(isWorkflowOfOurs).map((call) => ({ title: `${title}: ${call.uses}`, call })),
);

describe('examples in READMEs, docs and workflows', () => {
  test('show every action', () => {
    const shown = new Set(used.map(({ step }) => folderOf(step.uses ?? '')));
    for (const name of list('actions')) expect(shown).toContain(`actions/${name}`);
    expect(shown).toContain('.');
  });

  test.each(used)('$title has only inputs that exist, and all that are required', ({ step }) => {
    const { inputs = {} } = actionAt(folderOf(step.uses ?? ''));
    const given = Object.keys(step.with ?? {});
    expect(given.filter((name) => !(name in inputs))).toEqual([]);
    expect(Object.keys(inputs).filter((name) => inputs[name]?.required && !given.includes(name))).toEqual([]);
  });

  test.each(used)('$title has only values that its inputs take', ({ step }) => {
    const { inputs = {} } =
      actions.find(({ folder }) => folder === folderOf(step.uses ?? ''))?.definition ?? {};
    for (const [name, value] of Object.entries(step.with ?? {}))
      if (!String(value).includes('${{')) inputs[name]?.parse(String(value).trim());
  });

  test.each(examples)('$title reads only outputs that exist', ({ text, steps }) => {
    for (const [, id = '', name = ''] of text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      // A README shows one step; the others have the same `id` on every page.
      const uses = steps.find((step) => step.id === id)?.uses ?? elsewhere(id);
      expect({ id, isKnown: uses !== undefined }).toEqual({ id, isKnown: true });
      if (uses !== undefined && isOurs({ uses }))
        expect(Object.keys(actionAt(folderOf(uses)).outputs ?? {})).toContain(name);
    }
  });

  test('use each step `id` for one action only', () => {
    const byId = new Map<string, Set<string>>();
    for (const { step } of used)
      if (step.id !== undefined)
        byId.set(step.id, (byId.get(step.id) ?? new Set()).add(folderOf(step.uses ?? '')));
    expect([...byId].filter(([, folders]) => folders.size > 1).map(([id]) => id)).toEqual([]);
  });

  test.each(calls)('$title gives the workflow only inputs and secrets that it has', ({ call }) => {
    const { on } = readYaml(folderOf(call.uses ?? '')) as { on: { workflow_call: Workflow } };
    for (const kind of ['inputs', 'secrets'] as const) {
      const declared = on.workflow_call[kind] ?? {};
      const given = Object.keys((kind === 'inputs' ? call.with : call.secrets) ?? {});
      const required = Object.keys(declared).filter((name) => declared[name]?.required === true);
      expect(given.filter((name) => !(name in declared))).toEqual([]);
      expect(required.filter((name) => !given.includes(name))).toEqual([]);
    }
  });

  test('show the reusable workflow', () => {
    expect(calls.length).toBeGreaterThan(1);
  });
});

describe('links in READMEs and docs', () => {
  test.each(pages)('%s links to files and headings that exist', (page) => {
    const broken = linksIn(page).filter((href) => {
      const [path = '', anchor] = href.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      try {
        return anchor !== undefined && !anchorsIn(target).includes(anchor);
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });
});

function list(folder: string): string[] {
  return readdirSync(folder).sort();
}

function examplesIn(file: string): Example[] {
  return lexer(readFileSync(file, 'utf8'))
    .filter((token): token is Tokens.Code => token.type === 'code' && token.lang === 'yaml')
    .map(({ text }, index) => ({ title: `${file} (${index + 1})`, text, steps: stepsOf(parse(text)) }));
}

function workflowIn(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  return [{ title: file, text, steps: stepsOf(parse(text)) }];
}

/** Steps in a list of steps, in a job, in jobs. */
function stepsOf(value: unknown): Step[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'uses' in value ? [value as Step] : Object.values(value).flatMap(stepsOf);
}

function isOurs({ uses = '' }: Step): boolean {
  return isHere(uses) && !uses.includes('.github/workflows/');
}

function isWorkflowOfOurs({ uses = '' }: Step): boolean {
  return isHere(uses) && uses.includes('.github/workflows/');
}

function isHere(uses: string): boolean {
  return uses.startsWith(repository) || uses.startsWith('./');
}

/** `OWNER/…/actions/x@v1`, `./actions/x` and `./federation`, which is the whole repository, to the folder of the action. */
function folderOf(uses: string): string {
  const [path = ''] = uses.replace(repository, '.').split('@');
  const folder = normalize(path);
  return folder === 'federation' ? '.' : folder.replace(/\/$/, '');
}

function elsewhere(id: string): string | undefined {
  return used.find(({ step }) => step.id === id)?.step.uses;
}

function actionAt(folder: string): Action {
  return readYaml(join(folder, 'action.yml')) as Action;
}

function readYaml(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

/** Targets in this repository. */
function linksIn(page: string): string[] {
  const found: string[] = [];
  const visit = (token: Token): void => {
    if (token.type === 'link' && !/^[a-z]+:/.test(token.href)) found.push(token.href);
    for (const below of [...('tokens' in token ? (token.tokens ?? []) : []), ...childrenOf(token)])
      visit(below);
  };
  for (const token of lexer(readFileSync(page, 'utf8'))) visit(token);
  return found;
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return (token as Tokens.List).items;
  if (token.type !== 'table') return [];
  const { header, rows } = token as Tokens.Table;
  return [header, ...rows].flat().flatMap(({ tokens }) => tokens);
}

/** The anchors that GitHub gives the headings of a page. Throws if the file does not exist. */
function anchorsIn(page: string): string[] {
  return lexer(readFileSync(page, 'utf8'))
    .filter((token): token is Tokens.Heading => token.type === 'heading')
    .map(({ text }) =>
      text
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-'),
    );
}
