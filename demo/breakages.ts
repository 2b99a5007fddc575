import { from, type Step, type Value, workload } from './steps.ts';
import { removeClientIdAnnotation, renameSubject } from './tamper.ts';

/** What a manual change after a step can use. */
export interface TamperContext {
  /** Returns an output of an earlier step. */
  output(step: string, name: string): string;
  /** Environment variables that steps exported. */
  readonly env: Readonly<Record<string, string>>;
}

/** One way to break the chain. */
export interface Breakage {
  readonly what: string;
  /** The check of verify-pod that reports it. */
  readonly failingCheck: string;
  /** Changed inputs by the ID of the step. */
  readonly inputs?: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  /** A step to insert after another one. */
  readonly extra?: { readonly after: string; readonly step: Step };
  /** A manual change after a step. */
  readonly tamper?: { readonly after: string; readonly run: (context: TamperContext) => Promise<void> };
}

export type BreakageName = 'issuer' | 'key' | 'subject' | 'label' | 'annotation' | 'role';

/** The breakages of `npm run demo -- --break <name>`. */
export const breakages: Readonly<Record<BreakageName, Breakage>> = {
  issuer: {
    what: 'the cluster starts with an issuer that lacks the trailing slash',
    failingCheck: 'cluster-issuer',
    inputs: {
      cluster: { 'issuer-url': from('issuer', 'issuer-url', (url) => url.replace(/\/$/, '')) },
    },
  },
  key: {
    what: 'the cluster signs with a key that is not published',
    failingCheck: 'cluster-key',
    extra: {
      after: 'keys',
      step: {
        id: 'other-keys',
        title: 'Other key',
        action: 'actions/generate-keys',
        inputs: { 'output-directory': 'other-keys' },
        evidence: 'another RSA key pair with key ID {key-id}, which is not published',
      },
    },
    inputs: {
      cluster: {
        'private-key-file': from('other-keys', 'private-key-file'),
        'public-key-file': from('other-keys', 'public-key-file'),
      },
    },
  },
  subject: {
    what: 'the federated credential has another service account',
    failingCheck: 'federated-credential',
    tamper: {
      after: 'identity',
      run: ({ output, env }) =>
        renameSubject({
          azureEnvironment: output('emulator', 'azure-environment'),
          clientId: output('identity', 'client-id'),
          name: 'another-app',
          env,
        }),
    },
  },
  label: {
    what: 'the pod lacks the label azure.workload.identity/use',
    failingCheck: 'pod-mutated',
    inputs: { pod: { 'pod-labels': 'app=secret-getter' } },
  },
  annotation: {
    what: 'the service account lacks the client-id annotation',
    failingCheck: 'service-account',
    tamper: {
      after: 'identity',
      run: ({ output }) => removeClientIdAnnotation(output('cluster', 'kubeconfig'), workload),
    },
  },
  role: {
    what: 'the identity lacks a role on the key vault',
    failingCheck: 'key-vault-read',
    inputs: { identity: { 'key-vault': undefined } },
  },
};

/** Parses the command line: nothing, or `--break <name>`. Throws `Error` that lists the names. */
export function parseArguments(args: readonly string[]): BreakageName | undefined {
  if (args.length === 0) return undefined;
  const [option, name = '', ...rest] = args;
  const found = (Object.keys(breakages) as BreakageName[]).find((known) => known === name);
  if (option === '--break' && found !== undefined && rest.length === 0) return found;
  const list = Object.entries(breakages).map(([key, { what }]) => `  ${key.padEnd(11)} ${what}`);
  throw new Error(`Usage: npm run demo -- [--break <name>]\n\nNames:\n${list.join('\n')}`);
}
