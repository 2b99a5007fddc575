import { defineErrors } from './entry.ts';

export const signInErrors = defineErrors({});
