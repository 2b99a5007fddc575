/** One way to break a link, what a person did to get there, and the check of verify-pod that has to notice. */
export interface Breakage {
  readonly what: string;
  readonly failingCheck: string;
}

/** The links that `npm run demo -- --break <name>` can break. */
export const breakages = {
  issuer: {
    what: 'the cluster starts with an issuer that lacks the slash at its end',
    failingCheck: 'cluster-issuer',
  },
  key: { what: 'the cluster signs with another key than the published one', failingCheck: 'cluster-key' },
  subject: {
    what: 'the federated credential names another service account',
    failingCheck: 'federated-credential',
  },
  label: { what: 'the pod lacks the label azure.workload.identity/use', failingCheck: 'pod-mutated' },
  annotation: { what: 'the service account lacks the client-id annotation', failingCheck: 'service-account' },
  role: { what: 'the identity has no role on the Key Vault', failingCheck: 'key-vault-read' },
} as const satisfies Readonly<Record<string, Breakage>>;

export type BreakageName = keyof typeof breakages;

/** Reads the command line: nothing, or `--break <name>`. Throws `Error` that lists the names. */
export function parseArguments(args: readonly string[]): BreakageName | undefined {
  if (args.length === 0) return undefined;
  const [option, name, ...rest] = args;
  if (option === '--break' && name !== undefined && name in breakages && rest.length === 0)
    return name as BreakageName;
  const list = Object.entries(breakages).map(([key, { what }]) => `  ${key.padEnd(11)} ${what}`);
  throw new Error(`usage: npm run demo -- [--break <link>]\n${list.join('\n')}`);
}
