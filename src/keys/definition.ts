import { defineAction, flag, input, text } from '../runtime/index.ts';

const modulusLengths = [2048, 3072, 4096];

/** What generate-keys declares. */
export const definition = defineAction({
  name: 'generate-keys',
  title: 'Generate service account signing keys',
  description:
    'Makes the RSA pair that a Kubernetes cluster signs its service account tokens with, or takes a stable one, and computes its key id and JWKS.',
  branding: { icon: 'lock', color: 'blue' },
  inputs: {
    'private-key': text({
      description:
        'A stable RSA private key as PEM text (PKCS#1 or PKCS#8), from a secret. Without it a new pair is made for this job.',
      secret: true,
    }),
    'private-key-passphrase': text({
      description: 'Opens an encrypted private-key. The file for the cluster is written decrypted.',
      secret: true,
    }),
    'modulus-length': input(
      { description: `Bits of a new key: ${modulusLengths.join(', ')}.`, default: '2048' },
      (value) => {
        const bits = modulusLengths.find((length) => String(length) === value);
        if (bits === undefined) throw new Error(`write one of ${modulusLengths.join(', ')}`);
        return bits;
      },
    ),
    'output-directory': text({
      description:
        "Folder for the files; a relative one is below the runner's temporary folder. Default: a new folder there. A key that is in it already is used again.",
    }),
    keep: flag({
      description: 'Whether the private key stays when the job ends. Otherwise the post step removes it.',
      default: 'false',
    }),
  },
  outputs: {
    'private-key-file': {
      description: 'PEM file of the private key, mode 0600: what the cluster signs with.',
    },
    'public-key-file': {
      description: 'PEM file of the public key (SPKI): what the cluster and the issuer publish.',
    },
    'key-id': { description: 'The kid that the cluster writes into the header of its tokens.' },
    'jwks-file': { description: 'The JWKS of the public key, as kube-apiserver and `azwi jwks` write it.' },
  },
});
