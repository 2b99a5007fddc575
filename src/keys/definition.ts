import { choice, defineAction, flag, text } from '../runtime/index.ts';

export const definition = defineAction({
  name: 'generate-keys',
  title: 'Generate service account signing keys',
  description:
    'Generates the RSA key pair that a Kubernetes cluster signs service account tokens with, or uses an existing one. Computes its key ID and JWKS.',
  branding: { icon: 'lock', color: 'blue' },
  inputs: {
    'private-key': text({
      description:
        'PEM text of an existing RSA private key (PKCS#1 or PKCS#8), from a secret. By default, a new key pair is generated for this job.',
      secret: true,
    }),
    'private-key-passphrase': text({
      description:
        'Passphrase of `private-key`. Required if the key is encrypted. The key file for the cluster is written unencrypted.',
      secret: true,
    }),
    'modulus-length': choice({
      description: 'Size of a generated key, in bits.',
      options: ['2048', '3072', '4096'],
      default: '2048',
    }),
    'output-directory': text({
      description:
        "Folder for the key files, absolute or relative to the runner's temporary folder. If the folder already holds a key, that key is reused. Defaults to a new temporary folder.",
    }),
    keep: flag({
      description: 'Whether to keep the private key when the job ends. If `false`, the post step deletes it.',
      default: 'false',
    }),
  },
  outputs: {
    'private-key-file': {
      description: 'PEM file of the private key that the cluster signs with (mode 0600).',
    },
    'public-key-file': {
      description: 'PEM file of the public key (SPKI) that the cluster and the issuer publish.',
    },
    'key-id': { description: 'Key ID (`kid`) in the header of every token that the cluster signs.' },
    'jwks-file': {
      description: 'JWKS of the public key, in the format of kube-apiserver and `azwi jwks`.',
    },
  },
});
