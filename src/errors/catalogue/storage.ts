import { defineErrors } from './entry.ts';

export const storageErrors = defineErrors({});
