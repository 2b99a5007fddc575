import { request } from 'node:https';
import { mutatePath, webhookPort } from './contract.ts';

/**
 * Whether the process on the webhook's port is the one that got our certificate, and has its handler in place: undefined then, before that
 * what is missing. It listens a moment before the handler is there, and answers 404 meanwhile.
 */
export function findServingFault(caCertificate: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const call = request(
      {
        host: '127.0.0.1',
        port: webhookPort,
        path: mutatePath,
        method: 'POST',
        ca: caCertificate,
        timeout: 2_000,
        agent: false,
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          resolve(response.statusCode === 404 ? 'the handler is not registered yet' : undefined),
        );
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer within 2 s')));
    call.on('error', (error) => resolve(error.message));
    call.end();
  });
}
