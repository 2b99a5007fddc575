import { jest } from '@jest/globals';

// Jest has one `testTimeout` for all projects. The first run on a machine pulls node images.
jest.setTimeout(300_000);
