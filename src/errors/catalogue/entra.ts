import { defineErrors } from './entry.ts';

export const entraErrors = defineErrors({});
