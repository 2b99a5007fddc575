import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { parse } from 'yaml';
import { Masks, parseCommand, parseCommandFile } from './commands.ts';

export interface JobOptions {
  /** Folder of the repository with the actions. */
  readonly actions: string;
  /** Folder of this job, with the workspace, `RUNNER_TEMP` and the command files. */
  readonly directory: string;
  /** Environment of every step, to which the runner adds its own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Receives each line of the log, masked, as it arrives. */
  readonly onLine?: (line: LogLine) => void;
}

export interface LogLine {
  readonly step: string;
  readonly kind: 'text' | 'group' | 'endgroup' | 'debug' | 'notice' | 'warning' | 'error';
  readonly text: string;
}

export interface StepResult {
  readonly outcome: 'success' | 'failure';
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown that the step added to the job summary. */
  readonly summary: string;
  /** Texts of the `::error::` commands. */
  readonly errors: readonly string[];
  readonly seconds: number;
}

interface PostStep {
  readonly name: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly state: ReadonlyMap<string, string>;
}

const actionSchema = v.object({
  inputs: v.optional(v.record(v.string(), v.object({ default: v.optional(v.unknown()) })), {}),
  runs: v.object({ main: v.string(), post: v.optional(v.string()) }),
});

/**
 * Runs JavaScript actions one after another as a GitHub runner does: processes, command files, masks, post
 * steps in reverse order.
 */
export class Job {
  readonly #options: JobOptions;
  readonly #masks = new Masks();
  readonly #posts: PostStep[] = [];
  readonly #env = new Map<string, string>();
  #count = 0;
  #running: ReturnType<typeof spawn> | undefined;
  readonly temporaryDirectory: string;
  readonly workspace: string;

  constructor(options: JobOptions) {
    this.#options = options;
    this.temporaryDirectory = join(options.directory, 'temp');
    this.workspace = join(options.directory, 'workspace');
    for (const folder of [this.temporaryDirectory, this.workspace]) mkdirSync(folder, { recursive: true });
  }

  /** Environment variables that steps exported for later steps. */
  get exported(): ReadonlyMap<string, string> {
    return this.#env;
  }

  /** Returns the text with masked values replaced. */
  hide(text: string): string {
    return this.#masks.hide(text);
  }

  /**
   * Runs a step. `action` is a folder of the repository, `.` for its root. The post step runs in `finish`.
   */
  async step(name: string, action: string, inputs: Readonly<Record<string, string>>): Promise<StepResult> {
    const folder = resolve(this.#options.actions, action);
    const { inputs: declared, runs } = v.parse(
      actionSchema,
      parse(readFileSync(join(folder, 'action.yml'), 'utf8')),
    );
    const unknown = Object.keys(inputs).find((input) => !(input in declared));
    if (unknown !== undefined) throw new Error(`step "${name}": ${action} has no input "${unknown}"`);
    const env: Record<string, string> = {};
    for (const [input, { default: fallback }] of Object.entries(declared)) {
      const value = inputs[input] ?? fallback;
      if (value !== undefined) env[`INPUT_${input.toUpperCase()}`] = String(value);
    }
    const { state, ...result } = await this.#run(name, resolve(folder, runs.main), env);
    if (runs.post !== undefined)
      this.#posts.push({ name: `Post ${name}`, program: resolve(folder, runs.post), env, state });
    return result;
  }

  /** Runs the post steps in reverse order and deletes `RUNNER_TEMP`. */
  async finish(): Promise<readonly StepResult[]> {
    const results: StepResult[] = [];
    for (let post = this.#posts.pop(); post; post = this.#posts.pop()) {
      const state = Object.fromEntries([...post.state].map(([key, value]) => [`STATE_${key}`, value]));
      results.push(await this.#run(post.name, post.program, { ...post.env, ...state }));
    }
    rmSync(this.temporaryDirectory, { recursive: true, force: true });
    return results;
  }

  /** Cancels the running step as a cancelled job does, with SIGINT. */
  cancel(): void {
    this.#running?.kill('SIGINT');
  }

  async #run(name: string, program: string, env: Readonly<Record<string, string>>) {
    const files = this.#commandFiles();
    const started = performance.now();
    const errors: string[] = [];
    const exitCode = await this.#spawn(name, program, { ...this.#environment(files.paths), ...env }, errors);
    const [outputs, state, exported] = (['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV'] as const).map(
      (file) => parseCommandFile(readFileSync(files.paths[file], 'utf8')),
    ) as [Map<string, string>, Map<string, string>, Map<string, string>];
    for (const [key, value] of exported) this.#env.set(key, value);
    return {
      outcome: exitCode === 0 ? ('success' as const) : ('failure' as const),
      outputs: Object.fromEntries(outputs),
      summary: this.hide(readFileSync(files.paths.GITHUB_STEP_SUMMARY, 'utf8')),
      errors,
      seconds: (performance.now() - started) / 1000,
      state,
    };
  }

  #commandFiles() {
    const folder = join(this.#options.directory, 'commands', String(++this.#count));
    const path = (file: string) => join(folder, file.toLowerCase());
    const paths = {
      GITHUB_OUTPUT: path('GITHUB_OUTPUT'),
      GITHUB_STATE: path('GITHUB_STATE'),
      GITHUB_ENV: path('GITHUB_ENV'),
      GITHUB_PATH: path('GITHUB_PATH'),
      GITHUB_STEP_SUMMARY: path('GITHUB_STEP_SUMMARY'),
    };
    mkdirSync(folder, { recursive: true });
    for (const file of Object.values(paths)) writeFileSync(file, '');
    return { paths };
  }

  #environment(paths: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    const home = this.#options.env.HOME ?? this.#options.directory;
    return {
      ...this.#options.env,
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      GITHUB_WORKSPACE: this.workspace,
      RUNNER_TEMP: this.temporaryDirectory,
      RUNNER_TOOL_CACHE:
        this.#options.env.RUNNER_TOOL_CACHE ?? join(home, '.cache', 'entra-kubernetes-federation', 'tools'),
      ...Object.fromEntries(this.#env),
      ...paths,
    };
  }

  #spawn(step: string, program: string, env: NodeJS.ProcessEnv, errors: string[]): Promise<number> {
    return new Promise((settle, reject) => {
      const child = spawn(process.execPath, [program], {
        cwd: this.workspace,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      this.#running = child;
      child.once('error', reject);
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => this.#onLine(step, line, errors));
      }
      child.once('close', (code) => {
        this.#running = undefined;
        settle(code ?? 1);
      });
    });
  }

  #onLine(step: string, line: string, errors: string[]): void {
    const command = parseCommand(line);
    if (command?.name === 'add-mask') {
      this.#masks.add(command.value);
      return;
    }
    const kind = command && isKind(command.name) ? command.name : 'text';
    const text = this.hide(kind === 'text' ? line : (command?.value ?? ''));
    if (kind === 'error') errors.push(text);
    this.#options.onLine?.({ step, kind, text });
  }
}

const kinds = ['group', 'endgroup', 'debug', 'notice', 'warning', 'error'] as const;

function isKind(name: string): name is (typeof kinds)[number] {
  return (kinds as readonly string[]).includes(name);
}
