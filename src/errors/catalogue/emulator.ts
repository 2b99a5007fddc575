import { defineErrors } from './entry.ts';

export const emulatorErrors = defineErrors({});
