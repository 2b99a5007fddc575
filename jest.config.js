export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Jest runs CommonJS modules while it links, not in the order of the imports; the certificate library needs this one first.
  setupFiles: ['reflect-metadata'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  // Real programs start in these tests; a cold machine builds them first, outside any test.
  testTimeout: 60_000,
};
