import { defineErrors } from './entry.ts';

export const clusterErrors = defineErrors({});
