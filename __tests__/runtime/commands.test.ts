import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cancelledBy,
  createCommands,
  identifyProcess,
  isRunning,
  type ProcessIdentity,
} from '../../src/runtime/index.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let controller: AbortController;
beforeEach(() => {
  shop = workshop();
  controller = new AbortController();
});
afterEach(() => shop.remove());

const environment = { PATH: process.env.PATH };
const forever = 3600;

/** A program that writes its pid to a file and then runs for a minute. */
function sleeper(name: string, script = 'exec sleep 60') {
  const file = shop.path(`${name}.pid`);
  return {
    program: shop.program(name, `echo $$ > ${file}.partial; mv ${file}.partial ${file}; ${script}`),
    async identify(): Promise<ProcessIdentity> {
      while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
      return identifyProcess(name, Number(readFileSync(file, 'utf8')));
    },
  };
}

describe.each(['exec', 'run'] as const)('deps.%s', (port) => {
  test('returns exit code and output', async () => {
    const program = shop.program('both', 'echo out; echo err >&2; exit 3');
    const result = await createCommands(environment)[port](program, []);
    expect(result).toEqual({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  test('passes arguments, input, folder and environment', async () => {
    const program = shop.program('tools/echo it', `printf "%s|" "$@" "$A" "\${B-none}" "$PWD"; cat`);
    const result = await createCommands({ ...environment, A: '1', B: '2' })[port](program, ['a b', '"'], {
      input: 'typed',
      cwd: shop.folder,
      env: { A: 'one', B: undefined },
    });
    expect(result.stdout).toBe(`a b|"|one|none|${shop.folder}|typed`);
  });

  test('ends the input of a program that reads it', async () => {
    expect(await createCommands(environment)[port]('cat', [])).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('accepts a program that ends without reading its input', async () => {
    const program = shop.program('deaf', 'exec true');
    const input = 'x'.repeat(1_000_000);
    expect(await createCommands(environment)[port](program, [], { input })).toMatchObject({ exitCode: 0 });
  });

  test('finds a program on the PATH of the command, not of this process', async () => {
    shop.program('bin/answer', 'echo 42');
    const commands = createCommands({ PATH: `${shop.path('bin')}:${process.env.PATH}` });
    expect(await commands[port]('answer', [])).toMatchObject({ stdout: '42\n' });
  });

  test('rejects with ENOENT if there is no such program', async () => {
    const commands = createCommands(environment);
    await expect(commands[port]('no-such-program', [])).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(commands[port](shop.path('absent'), [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('kills a program at its time limit', async () => {
    const { program, identify } = sleeper('slow');
    const result = await createCommands(environment)[port](program, [], { timeoutSeconds: 0.5 });
    expect(result).toMatchObject({ exitCode: 137, timedOut: true });
    expect(await isRunning(await identify())).toBe(false);
  });

  test('reports a killed program, also if its child holds the output open', async () => {
    const program = shop.program('killed', 'sleep 60 & kill -9 $$');
    expect(await createCommands(environment)[port](program, [])).toMatchObject({ exitCode: 137 });
  });

  test('ends the program and rejects when the job is cancelled', async () => {
    const { program, identify } = sleeper('running');
    const running = createCommands(environment, controller.signal)[port](program, [], {
      timeoutSeconds: forever,
    });
    running.catch(() => undefined);
    const identity = await identify();
    controller.abort(cancelledBy('SIGINT'));
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await isRunning(identity)).toBe(false);
  });

  test('starts nothing in a cancelled job', async () => {
    controller.abort(cancelledBy('SIGINT'));
    const file = shop.path('started');
    const starting = createCommands(environment, controller.signal)[port]('touch', [file]);
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(file)).toBe(false);
  });
});

describe('deps.run', () => {
  test('passes each line as it arrives', async () => {
    const seen: string[] = [];
    await createCommands(environment).run(shop.program('lines', 'echo one; echo two >&2; echo three'), [], {
      onLine: (line, stream) => seen.push(`${stream} ${line}`),
    });
    expect(seen.sort()).toEqual(['stderr two', 'stdout one', 'stdout three']);
  });

  test('ends the children of a cancelled program, also one that ignores SIGTERM', async () => {
    const { program, identify } = sleeper('stubborn', "trap '' TERM; sleep 60; sleep 60");
    const parent = shop.program('parent', `${program} & wait`);
    const running = createCommands(environment, controller.signal).run(parent, []);
    running.catch(() => undefined);
    const child = await identify();
    controller.abort(cancelledBy('SIGINT'));
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await isRunning(child)).toBe(false);
  });

  test('ends the one program that its caller stops', async () => {
    const { run } = createCommands(environment);
    const stop = new AbortController();
    const stopped = run(shop.program('long', 'echo up; sleep 60; echo over'), [], {
      stop: stop.signal,
      onLine: () => stop.abort(),
    });
    const other = run(shop.program('short', 'sleep 0.5; echo over'), []);
    expect(await stopped).toMatchObject({ exitCode: 143, stdout: 'up\n' });
    expect(await other).toMatchObject({ exitCode: 0, stdout: 'over\n' });
  });
});
