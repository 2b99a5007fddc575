import { defineErrors } from './entry.ts';

export const webhookErrors = defineErrors({});
