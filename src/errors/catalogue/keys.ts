import { defineErrors } from './entry.ts';

const anotherFolder = 'Delete the file, or set `output-directory` to another folder.';

export const keysErrors = defineErrors({
  'key-unsuitable': {
    message: 'failed to use {key}: {problem}',
    hint: 'Entra ID verifies RS256 signatures only. Remove `private-key` to generate a new key pair, or create a key with: openssl genrsa -out sa.key 2048',
    means: 'Entra ID verifies RS256 signatures, which need an RSA key of at least 2048 bits.',
    sees: ['expected an RSA key, found the type', 'expected at least 2048 bits'],
  },
  'key-encrypted': {
    message: 'failed to decrypt {key}: {problem}',
    hint: 'Set `private-key-passphrase` of generate-keys from a secret, or decrypt the key with: openssl rsa -in encrypted.key -out sa.key',
    means: 'The private key is encrypted, and its passphrase is missing or wrong.',
    sees: ['the key is encrypted', 'the passphrase is wrong'],
  },
  'key-unreadable': {
    message: 'failed to read {key}: {problem}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow, not of this program
    hint: 'Provide the PEM text of an RSA key with its BEGIN and END lines, for example:\n  private-key: ${{ secrets.CLUSTER_SIGNING_KEY }}\nOr use the outputs `private-key-file` and `public-key-file` of generate-keys.',
    means:
      'The text is not the expected kind of key. Line breaks that became spaces or a literal `\\n` on their way through a secret store are restored.',
    sees: ['expected a private key, found', 'expected a public key, found', 'no PEM block found'],
  },
  'key-inconsistent': {
    message: 'failed to use {key}: its numbers contradict each other, so the key is damaged',
    hint: 'Restore the key from its source, or remove `private-key` to generate a new key pair. To inspect it: openssl rsa -check -in sa.key',
    means:
      'The private key is damaged. OpenSSL reads such keys without an error, and kube-apiserver fails to start with them.',
  },
  'key-pair-mismatch': {
    message:
      'failed to use the signing key: {privateKeyFile} has the key ID {privateKeyId}, and {publicKeyFile} has {publicKeyId}',
    hint: 'Use `private-key-file` and `public-key-file` of the same generate-keys step, or extract the public key with: openssl rsa -in sa.key -pubout -out sa.pub',
    means: 'The two files are halves of different key pairs.',
  },
  'key-file-unreadable': {
    message: 'failed to read the key file {file}: {problem}',
    hint: 'Set `{input}` to the output of generate-keys in the same job. Files do not carry over from one job to the next.',
  },
  'private-key-as-public': {
    message: 'failed to read {key}: expected a public key, found a private key',
    hint: 'Set `public-key-file` to the output `public-key-file` of generate-keys, or extract the public key with: openssl rsa -in sa.key -pubout -out sa.pub',
  },
  'private-key-readable': {
    message: 'other users of this machine can read the private key {file} (mode {mode})',
    hint: 'Run: chmod 600 {file}',
    means: 'The private key file must have mode 0600.',
  },
  'key-file-exists': {
    message: 'failed to write the private key {file}: the path already exists and does not hold this key',
    hint: anotherFolder,
    means: 'An existing key is never overwritten.',
  },
  'key-file-unsafe': {
    message: 'failed to read the private key {file}: {problem}',
    hint: anotherFolder,
    means:
      'The path of the private key is a symbolic link, not a regular file, or owned by another user. Anyone who can create such a file could choose the key that signs.',
    sees: ['the path is a symbolic link', 'the path is not a regular file'],
  },
  'key-in-workspace': {
    message: 'failed to use the folder {folder}: it is in the workspace',
    hint: "Remove `output-directory`, or set it to a folder relative to the runner's temporary folder.",
    means: 'A private key in the workspace ends up in artifacts, caches, container images or commits.',
  },
  'key-file-not-written': {
    message: 'failed to write {path}: {problem}',
    hint: 'Set `output-directory` to a folder on a local file system that this job can write to.',
    means: 'The job lacks permission, the disk is full, or a folder has the name of the file.',
  },
});
