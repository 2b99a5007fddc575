import { defineErrors } from './entry.ts';

export const inputsErrors = defineErrors({});
