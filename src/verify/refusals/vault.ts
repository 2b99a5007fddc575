import * as v from 'valibot';
import { type CodeNeeding, errorCode, errorMessage } from '../../errors/index.ts';

/** A refusal of a Key Vault, read from the client's error. */
export interface VaultRefusal {
  readonly status: number;
  /** `Forbidden`, `SecretNotFound`; empty if the answer does not contain it. */
  readonly code: string;
  /** `ForbiddenByRbac`, `ForbiddenByFirewall`, `AccessDenied`; empty if the answer does not contain it. */
  readonly innerCode: string;
  readonly message: string;
}

interface Rule {
  readonly code: CodeNeeding<'secret'> | 'vault-role-missing';
  fits(refusal: VaultRefusal): boolean;
}

// The first rule that fits counts.
const rules: readonly Rule[] = [
  {
    code: 'vault-firewall',
    fits: ({ innerCode, message }) =>
      innerCode === 'ForbiddenByFirewall' || /Client address is not authorized/.test(message),
  },
  {
    code: 'vault-public-access-off',
    fits: ({ innerCode, message }) =>
      innerCode === 'ForbiddenByConnection' || /Public network access is disabled/.test(message),
  },
  {
    code: 'vault-access-policy-missing',
    fits: ({ innerCode }) => innerCode === 'AccessDenied' || innerCode === 'ForbiddenByPolicy',
  },
  {
    code: 'secret-disabled',
    fits: ({ innerCode, message }) =>
      innerCode === 'SecretDisabled' || /not allowed on a disabled secret/i.test(message),
  },
  // Only this one passes by itself. Another reason, which this table does not know, is reported in the words of the vault.
  {
    code: 'vault-role-missing',
    fits: ({ status, innerCode }) => status === 403 && ['', 'ForbiddenByRbac'].includes(innerCode),
  },
  {
    code: 'vault-of-another-tenant',
    fits: ({ status, message }) => status === 401 && /AKV10032|issuer|tenant/i.test(message),
  },
  {
    code: 'secret-missing',
    fits: ({ code, message }) => code === 'SecretNotFound' || /SecretNotFound/.test(message),
  },
  { code: 'vault-busy', fits: ({ status }) => status === 429 || status >= 500 },
];

/** Returns what a refusal means; undefined if it is not known. */
export function classifyVaultRefusal(refusal: VaultRefusal): Rule['code'] | undefined {
  return rules.find(({ fits }) => fits(refusal))?.code;
}

// The client keeps only the parsed answer, under `details`, with `innererror` of the wire as `innerError`.
const clientError = v.object({
  statusCode: v.number(),
  details: v.fallback(
    v.object({
      error: v.object({
        code: v.optional(v.string()),
        message: v.optional(v.string()),
        innerError: v.optional(v.object({ code: v.optional(v.string()) })),
      }),
    }),
    { error: {} },
  ),
});

/** Reads a vault's refusal; undefined if the error is not an answer of the vault. */
export function readVaultRefusal(error: unknown): VaultRefusal | undefined {
  const parsed = v.safeParse(clientError, error);
  if (!parsed.success) return undefined;
  const { statusCode, details } = parsed.output;
  const { code, message, innerError } = details.error;
  return {
    status: statusCode,
    code: code ?? errorCode(error) ?? '',
    innerCode: innerError?.code ?? '',
    message: message ?? errorMessage(error),
  };
}
