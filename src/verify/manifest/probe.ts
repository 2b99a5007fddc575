import { apiVersions } from '../../azure/index.ts';
import type { Evidence } from '../refusals/check-failed-error.ts';

// Every line that the probe prints begins with this.
const prefix = 'federation-probe';

/**
 * Variables of the probe besides those of the webhook. Without those of the vault, it only exchanges the
 * token.
 */
export const probeVariables = {
  scope: 'FEDERATION_SCOPE',
  vault: 'KEYVAULT_URL',
  secret: 'SECRET_NAME',
} as const;

/**
 * Does what a workload does, in a POSIX shell with curl: reads the projected token, prints its claims,
 * exchanges it and reads the secret. Tokens pass from curl to curl through variables and standard input,
 * never through a file, an argument or the log. The secret is not kept.
 */
export const probeScript = `set -u
say() { printf '${prefix} %s\\n' "$*"; }
stop() { say failed "$*"; exit 1; }
# The text of a field of a JSON object, up to the next quotation mark.
field() {
  case "$1" in *"\\"$2\\""*) ;; *) return 0;; esac
  rest=\${1#*"\\"$2\\""}; rest=\${rest#*'"'}; printf '%s' "\${rest%%'"'*}"
}
number() {
  case "$1" in *"\\"$2\\":"*) ;; *) return 0;; esac
  rest=\${1#*"\\"$2\\":"}; printf '%s' "\${rest%%[!0-9]*}"
}
# The last line is curl's own, unless curl was killed. Anything else may hold a token or the secret, and is never printed.
report() {
  line=\${1##*'
'}
  case "$line" in 'curl '*) printf '%s' "\${line#curl }";; *) printf '000 it ended early';; esac
}
status() { line=$(report "$1"); printf '%s' "\${line%% *}"; }
problem() { line=$(report "$1"); printf '%s' "\${line#* }"; }
# One part of a token: base64url without padding.
part() {
  encoded=$(printf '%s' "$1" | tr '_-' '/+')
  while [ $((\${#encoded} % 4)) -ne 0 ]; do encoded="$encoded="; done
  printf '%s' "$encoded" | base64 -d 2>/dev/null
}
for name in AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_FEDERATED_TOKEN_FILE AZURE_AUTHORITY_HOST; do
  eval "value=\\\${$name:-}"
  [ -n "$value" ] || stop "variable $name is not set"
done
say token-file "$AZURE_FEDERATED_TOKEN_FILE"
IFS= read -r assertion < "$AZURE_FEDERATED_TOKEN_FILE" || [ -n "\${assertion:-}" ] || stop "no token in $AZURE_FEDERATED_TOKEN_FILE"
if command -v base64 >/dev/null && command -v tr >/dev/null; then
  header=$(part "\${assertion%%.*}"); rest=\${assertion#*.}; claims=$(part "\${rest%%.*}")
  say kid "$(field "$header" kid)"
  for name in iss sub aud; do say "$name" "$(field "$claims" "$name")"; done
  say exp "$(number "$claims" exp)"
fi
answer=$(printf '%s' "$assertion" | curl --silent --max-time 30 --write-out '\\ncurl %{http_code} %{errormsg}' \\
  --data-urlencode "client_id=$AZURE_CLIENT_ID" --data-urlencode "scope=$${probeVariables.scope}" --data grant_type=client_credentials \\
  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer --data-urlencode client_assertion@- \\
  "$AZURE_AUTHORITY_HOST$AZURE_TENANT_ID/oauth2/v2.0/token" 2>/dev/null) || stop "exchange: curl: ($?) $(problem "$answer")"
status=$(status "$answer")
say exchange "HTTP $status"
[ "$status" = 200 ] || stop "exchange: $(field "$answer" error_description)"
token=$(field "$answer" access_token)
[ -n "$token" ] || stop "exchange: no access_token in the answer"
[ -n "\${${probeVariables.vault}:-}" ] && [ -n "\${${probeVariables.secret}:-}" ] || exit 0
answer=$(printf 'Authorization: Bearer %s\\n' "$token" | curl --silent --max-time 30 --write-out '\\ncurl %{http_code} %{errormsg}' --header @- \\
  "$${probeVariables.vault}/secrets/$${probeVariables.secret}?api-version=${apiVersions['Key Vault secrets'].version}" 2>/dev/null) || stop "vault: curl: ($?) $(problem "$answer")"
status=$(status "$answer")
say vault "HTTP $status"
[ "$status" = 200 ] || stop "vault: HTTP $status $(field "$answer" code) $(field "$answer" message)"
say id "$(field "$answer" id)"
say done "read the secret"
`;

/** Finds what the probe reported in a log, as evidence; empty for the log of any other program. */
export function findProbeEvidence(log: string): Evidence {
  return [...log.matchAll(new RegExp(`^${prefix} (\\S+) (.+)$`, 'gm'))].map(
    ([, label = '', value = '']) => [`in the pod: ${label}`, value] as const,
  );
}
