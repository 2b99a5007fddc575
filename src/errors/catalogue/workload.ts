import { defineErrors } from './entry.ts';

export const workloadErrors = defineErrors({});
