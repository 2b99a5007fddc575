import { defineErrors } from './entry.ts';

export const keyVaultErrors = defineErrors({});
