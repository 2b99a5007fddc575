import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ApiVersion, apiVersions } from '../../src/azure/index.ts';

const noticeDays = 180;

/** The resource types whose version retires within the notice. */
function findRetiring(versions: Readonly<Record<string, ApiVersion>>, today: Date): readonly string[] {
  const deadline = today.getTime() + noticeDays * 86_400_000;
  return Object.entries(versions)
    .filter(([, { retires }]) => retires !== undefined && Date.parse(retires) <= deadline)
    .map(([type]) => type);
}

describe('apiVersions', () => {
  test('retire no sooner than in 180 days', () => {
    expect(findRetiring(apiVersions, new Date())).toEqual([]);
  });

  test('are reported 180 days before they retire', () => {
    const versions = {
      old: { version: '2023-07-01', retires: '2027-02-27' },
      current: { version: '2026-02-01' },
    };
    expect(findRetiring(versions, new Date('2026-08-30T00:00:00Z'))).toEqual([]);
    expect(findRetiring(versions, new Date('2026-08-31T00:00:00Z'))).toEqual(['old']);
  });

  test('are the only place in the sources that names a version of Resource Manager', () => {
    const naming = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('api-versions.ts') &&
        /@20\d\d-\d\d-\d\d|apiVersion: '20/.test(readFileSync(join('src', file), 'utf8')),
    );
    expect(naming).toEqual([]);
  });
});
