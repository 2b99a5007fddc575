import { defineErrors } from './entry.ts';

export const keysErrors = defineErrors({});
