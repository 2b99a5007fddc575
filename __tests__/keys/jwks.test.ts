import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { computeKeyId, renderJwks, toJwk, toJwks } from '../../src/keys/index.ts';

// Public keys from the tests of Kubernetes and azure-workload-identity, with the key IDs that those projects
// state.
const kubernetesRsa = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA249XwEo9k4tM8fMxV7zx
OhcrP+WvXn917koM5Qr2ZXs4vo26e4ytdlrV0bQ9SlcLpQVSYjIxNfhTZdDt+ecI
zshKuv1gKIxbbLQMOuK1eA/4HALyEkFgmS/tleLJrhc65tKPMGD+pKQ/xhmzRuCG
51RoiMgbQxaCyYxGfNLpLAZK9L0Tctv9a0mJmGIYnIOQM4kC1A1I1n3EsXMWmeJU
j7OTh/AjjCnMnkgvKT2tpKxYQ59PgDgU8Ssc7RDSmSkLxnrv+OrN80j6xrw0OjEi
B4Ycr0PqfzZcvy8efTtFQ/Jnc4Bp1zUtFXt7+QeevePtQ2EcyELXE0i63T1CujRM
WwIDAQAB
-----END PUBLIC KEY-----`);
const kubernetesEc = createPublicKey(`-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEH6cuzP8XuD5wal6wf9M6xDljTOPL
X2i8uIp/C/ASqiIGUeeKQtX0/IR3qCXyThP/dbCiHrF3v1cuhBOHY8CLVg==
-----END PUBLIC KEY-----`);
const azwi = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1QJE2YmLbvMLP6FtzcfP
zGbSDbHEEtA0mH6kwgrOrlKs83zj2vr6Y5k/ZcGdIbsdm5vDj2IxtSkE+pSDtgFM
2iq0sJ7xuE6RYmlrtBm+H2WHvXrP9RrG1EfO7iWs6Czj4A/Ddxg3kNUiQCtQEJww
H2pfrUkh8STQhST/T86pq5AIFCuQiQSrkfC80eD9bUFypV3CLB2M9Fa1hbvOWbzS
F93/I0toUK2+oPgVW6m2EwMyy8Fh/3KRixrAJO8g+D4d537C1fa1vJJRlMRFtLMA
/bo6k1fAtNsVQuQoML5CmRrvNT7ZpXRLaQy64OSFrVLD3Pb7wct7b4g2xQECixQo
dwIDAQAB
-----END PUBLIC KEY-----`);
// Created with openssl genrsa and openssl rsa; key ID and modulus from openssl dgst and openssl rsa -modulus.
const openssl = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAlg4wx2l4PP0y9w/PUzcI
eT1Y2QqXmU4nKZrD4Q0Efyk08MRV/9Cb3+bBhTX56Q3LgUecDFBTEnu///Nu1mnG
KrT7J5XH2E8lg+DNbR6a/56LtEBQj/N+R3UAdNiAmSSYtq5gS09koJrcSTA4jwPh
eRCwxe9OHPJqCiBjGqWskDGC6uvnJChzK5s7SIjImGqSk45ECmVzgVJO0n4XgfsE
JqumiPNmbacJB7Mgg/F0XOgLuocy99F4ekkLpd2A+R+L0HrMhuq6MKe+0ebK9xu0
F+XySP3Z/1xsHhSKuubkTGhIzQatreZsw9X4B0mmirIDglQCaNOuvDt/Y5nDa6GX
/loOtvzLfaZTXKnDR8uiSsx3LGx9AHT3FfGxLyS4t3lazoMkgaK5Smad3CxZvqFI
Utb+QVBaLYmNGrDBjl4mW0FtkYGZekPgs/ckWjavRFF6rGxxH0RCygC126aBI4fq
nOR896S0MajjChgCObnn6zr3GM8buhV1MI/97/JFkY09AgMBAAE=
-----END PUBLIC KEY-----`);
const opensslModulus =
  'lg4wx2l4PP0y9w_PUzcIeT1Y2QqXmU4nKZrD4Q0Efyk08MRV_9Cb3-bBhTX56Q3LgUecDFBTEnu___Nu1mnGKrT7J5XH2E8lg-DNbR6a_56LtEBQj_N-R3UAdNiAmSSYtq5gS09koJrcSTA4jwPheRCwxe9OHPJqCiBjGqWskDGC6uvnJChzK5s7SIjImGqSk45ECmVzgVJO0n4XgfsEJqumiPNmbacJB7Mgg_F0XOgLuocy99F4ekkLpd2A-R-L0HrMhuq6MKe-0ebK9xu0F-XySP3Z_1xsHhSKuubkTGhIzQatreZsw9X4B0mmirIDglQCaNOuvDt_Y5nDa6GX_loOtvzLfaZTXKnDR8uiSsx3LGx9AHT3FfGxLyS4t3lazoMkgaK5Smad3CxZvqFIUtb-QVBaLYmNGrDBjl4mW0FtkYGZekPgs_ckWjavRFF6rGxxH0RCygC126aBI4fqnOR896S0MajjChgCObnn6zr3GM8buhV1MI_97_JFkY09';
const azwiJwks = `{
  "keys": [
    {
      "use": "sig",
      "kty": "RSA",
      "kid": "2A3FPpix2keOV1SGPQiM0_wVemz4XOIgQyJJnpu5sPE",
      "alg": "RS256",
      "n": "1QJE2YmLbvMLP6FtzcfPzGbSDbHEEtA0mH6kwgrOrlKs83zj2vr6Y5k_ZcGdIbsdm5vDj2IxtSkE-pSDtgFM2iq0sJ7xuE6RYmlrtBm-H2WHvXrP9RrG1EfO7iWs6Czj4A_Ddxg3kNUiQCtQEJwwH2pfrUkh8STQhST_T86pq5AIFCuQiQSrkfC80eD9bUFypV3CLB2M9Fa1hbvOWbzSF93_I0toUK2-oPgVW6m2EwMyy8Fh_3KRixrAJO8g-D4d537C1fa1vJJRlMRFtLMA_bo6k1fAtNsVQuQoML5CmRrvNT7ZpXRLaQy64OSFrVLD3Pb7wct7b4g2xQECixQodw",
      "e": "AQAB"
    }
  ]
}`;

describe('computeKeyId', () => {
  test('returns the key ID that kube-apiserver computes, for RSA and EC keys', () => {
    expect(computeKeyId(kubernetesRsa)).toBe('JHJehTTTZlsspKHT-GaJxK7Kd1NQgZJu3fyK6K_QDYU');
    expect(computeKeyId(kubernetesEc)).toBe('SoABiieYuNx4UdqYvZRVeuC6SihxgLrhLy9peHMHpTc');
  });

  test('returns the key ID that azwi writes into its JWKS', () => {
    expect(computeKeyId(azwi)).toBe('2A3FPpix2keOV1SGPQiM0_wVemz4XOIgQyJJnpu5sPE');
  });
});

describe('toJwk', () => {
  test('returns the key ID and the modulus that openssl computes', () => {
    expect(toJwk(openssl)).toEqual({
      use: 'sig',
      kty: 'RSA',
      kid: 'u5rb_BT7dqvA3VggeQusE4TGp6mCIVupvz7Kwd0CvVY',
      alg: 'RS256',
      n: opensslModulus,
      e: 'AQAB',
    });
  });

  test('returns a JWK that reads back as the same key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { kty, n, e } = toJwk(publicKey);
    expect(createPublicKey({ key: { kty, n, e }, format: 'jwk' }).equals(publicKey)).toBe(true);
  });

  test('rejects keys whose signatures Entra ID does not accept', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey;
    const edwards = generateKeyPairSync('ed25519').publicKey;
    expect(() => toJwk(small)).toThrow('expected at least 2048 bits, found 1024');
    for (const key of [kubernetesEc, pss, edwards])
      expect(() => toJwk(key)).toThrow(expect.objectContaining({ code: 'key-unsuitable' }));
  });
});

describe('toJwks', () => {
  test('gives the document of `azwi jwks`, byte for byte', () => {
    expect(renderJwks(toJwks([azwi]))).toBe(azwiJwks);
  });

  test('keeps the order of the keys and drops duplicates', () => {
    expect(toJwks([azwi, kubernetesRsa, azwi]).keys.map(({ kid }) => kid)).toEqual([
      computeKeyId(azwi),
      computeKeyId(kubernetesRsa),
    ]);
  });
});
