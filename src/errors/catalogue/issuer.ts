import { defineErrors } from './entry.ts';

export const issuerErrors = defineErrors({});
