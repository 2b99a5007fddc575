import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { defineState } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';

const removal = defineState('removal', v.object({ files: v.array(v.string()) }));

describe('defineState', () => {
  test('reads what was saved last', () => {
    const deps = testDeps();
    removal.save({ files: ['a'] }, deps);
    removal.save({ files: ['a', 'b'] }, deps);
    expect(removal.read(deps)).toEqual({ files: ['a', 'b'] });
  });

  test('reads undefined if nothing was saved', () => {
    expect(removal.read(testDeps())).toBeUndefined();
  });

  test('rejects a value that does not fit the schema', () => {
    const deps = testDeps();
    deps.state.save('removal', '{"files":"a"}');
    expect(() => removal.read(deps)).toThrow('Expected Array');
  });
});
