import { defineErrors } from './entry.ts';

export const toolsErrors = defineErrors({});
