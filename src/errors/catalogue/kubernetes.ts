import { defineErrors } from './entry.ts';

export const kubernetesErrors = defineErrors({});
