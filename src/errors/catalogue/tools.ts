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
  'tool-unavailable': {
    fault: 'service',
    message: 'failed to get {tool} v{version}: not found on PATH or in the tool cache, and {problem}',
    hint: 'Install {tool} on the runner, restore `{tool}/{version}` in its tool cache, or allow the job to reach github.com.',
    sees: ['failed to get minikube', 'failed to get kind'],
  },
  'programs-unavailable': {
    message: 'failed to get {program}: {problem}',
    hint: 'Choose one of these:\n1. Set `programs-directory` (or KUBEBUILDER_ASSETS) to a folder that contains kube-apiserver, etcd and azure-wi-webhook.\n2. Restore the tool cache of a job that had the programs: RUNNER_TOOL_CACHE or ~/.cache/entra-kubernetes-federation.\n3. Set up Go 1.26 (actions/setup-go) and allow the job to reach a Go module proxy, so that the programs can be built. kube-apiserver and etcd can also be downloaded from github.com.',
    means:
      'An embedded cluster needs kube-apiserver, etcd and azure-wi-webhook, and no source provides one of them. The message lists the reasons.',
    sees: ['failed to get kube-apiserver', 'failed to get etcd', 'failed to get azure-wi-webhook'],
  },
  'programs-directory-empty': {
    message: 'failed to use the programs in {directory}: expected one of {programs}, found none',
    hint: 'Correct `programs-directory`, or remove it.',
  },
  'build-failed': {
    fault: 'service',
    message: 'failed to build {program}: go exited with code {exitCode}',
    hint: 'Read the output of the compiler in the message. To skip the build, set `programs-directory` to a folder that contains the program.',
  },
  'download-failed': {
    fault: 'service',
    message: 'failed to download {what} from {url}: {problem}',
    hint: 'Check the network connection and the proxy settings of the runner, then run the job again.',
    means:
      'The server is unreachable, rejects the request, or the connection broke. Transient faults were retried.',
  },
  'checksum-mismatch': {
    fault: 'service',
    message: 'failed to verify {what}: expected {algorithm} {expected}, found {found} ({url})',
    hint: 'The file was not used. It was changed at its source or on the way, for example, by a proxy. Check the proxy, and report the mismatch to the publisher.',
    means: 'The file is not the pinned one, so it was deleted.',
  },
  'archive-unreadable': {
    fault: 'service',
    message: 'failed to extract {what}: {problem}',
    hint: 'Run the job again. If the error persists, set `programs-directory` to a folder that contains the programs.',
    means: 'The archive is damaged, or the disk is full.',
  },
});
