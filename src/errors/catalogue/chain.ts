import { defineErrors } from './entry.ts';

export const chainErrors = defineErrors({});
