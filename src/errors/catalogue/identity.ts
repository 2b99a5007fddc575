import { defineErrors } from './entry.ts';

export const identityErrors = defineErrors({});
