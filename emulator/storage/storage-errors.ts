import { randomUUID } from 'node:crypto';
import { Refused } from '../http/exchange.ts';

/** Errors of the Blob service: code, HTTP status and message. */
const errors = {
  ResourceNotFound: [404, 'The specified resource does not exist.'],
  PublicAccessNotPermitted: [409, 'Public access is not permitted on this storage account.'],
  NoAuthenticationInformation: [
    401,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  ],
  InvalidAuthenticationInfo: [
    401,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  ],
  AuthenticationFailed: [
    403,
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
  ],
  AuthorizationPermissionMismatch: [
    403,
    'This request is not authorized to perform this operation using this permission.',
  ],
  KeyBasedAuthenticationNotPermitted: [
    403,
    'Key based authentication is not permitted on this storage account.',
  ],
  ServerBusy: [503, 'The server is busy.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** Creates an error of the Blob service, in its XML. */
export function storageError(
  code: keyof typeof errors,
  headers: Readonly<Record<string, string>> = {},
): Refused {
  const [status, message] = errors[code];
  const requestId = randomUUID();
  return new Refused({
    status,
    headers: {
      'content-type': 'application/xml',
      'x-ms-error-code': code,
      'x-ms-request-id': requestId,
      ...headers,
    },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\nRequestId:${requestId}\nTime:${new Date().toISOString()}</Message></Error>`,
  });
}
