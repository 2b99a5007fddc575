import { defineErrors } from './entry.ts';

export const toolsErrors = defineErrors({
  'program-not-started': {
    message: 'failed to start {name}: {problem}',
    hint: 'Check that {command} exists, is executable and was built for this machine.',
    means: 'The program cannot be executed, for example, because it was built for another architecture.',
    sees: ['failed to start …: spawn …'],
  },
  'program-ended': {
    message: 'failed to start {name}: it exited early ({exit})',
    hint: 'Fix what the last lines of its log report.',
    means: 'The program exited before it was ready. The message ends with the last lines of its log.',
  },
  'program-not-ready': {
    fault: 'service',
    message: 'failed to start {name}: not ready after {seconds} s: {missing}',
    hint: 'Run the job again, or use a larger runner.',
    means:
      'The program is running, but is not ready in time, usually on a runner under load. The message ends with the last lines of its log.',
  },
  'program-not-stopped': {
    fault: 'service',
    message: 'failed to stop {name}: process {pid} still runs after SIGKILL',
    hint: 'Restart the runner.',
    means: 'The post step cannot end a process, because the kernel does not.',
  },
});
