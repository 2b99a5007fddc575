import { defineErrors } from './entry.ts';

export const documentsErrors = defineErrors({});
