import { defineErrors } from './entry.ts';

export const inputsErrors = defineErrors({
  'invalid-input': {
    message: 'failed to read the inputs: {problems}',
    hint: 'Nothing was changed. Correct the `with:` block of this step.',
    means:
      'An input is missing, or its value is not of its type. The message lists every invalid input and what to write instead.',
  },
  cancelled: {
    message: 'failed to finish: the job was cancelled ({signal})',
    hint: 'The post step deletes what this step created.',
    means: 'The job was cancelled, or it exceeded `timeout-minutes`.',
  },
  'state-invalid': {
    fault: 'bug',
    message: 'failed to read the state `{name}` that the step saved for its post step: {problem}',
    hint: 'Delete what the step created if it still exists. The log of the step lists it.',
  },
});
