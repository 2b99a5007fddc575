export { cleanUp } from './clean-up.ts';
export { definition } from './definition.ts';
export { judgeClusterIssuer, judgeClusterKey, readClusterDocument } from './documents.ts';
export { type EmbeddedCluster, readEmbeddedCluster } from './embedded/kubeconfig.ts';
export { readProcesses, registerProcess } from './embedded/processes.ts';
export { ensurePrograms, type ProgramOptions, type Programs } from './programs/index.ts';
export { run } from './run.ts';
