import { defineErrors } from './entry.ts';

export const azureErrors = defineErrors({});
