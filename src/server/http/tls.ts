import { Server as HttpsServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { ServerLog } from '../server-log.ts';

/** PEM. */
export type TlsPair = { readonly cert: Buffer; readonly key: Buffer };

/** Where a certificate comes from that may be renewed while the server runs. */
export type TlsSource = {
  readonly pair: TlsPair;
  /** Another pair since it was last asked for; throws what is wrong with it, once. */
  changed(): TlsPair | undefined;
};

/** Takes a renewed certificate for what connects from now on. One that cannot be used is told of, and the old one goes on. */
export function renewCertificate(app: FastifyInstance, source: TlsSource | undefined, log: ServerLog): void {
  try {
    const pair = source?.changed();
    if (pair === undefined) return;
    if (app.server instanceof HttpsServer) app.server.setSecureContext(pair);
    log.info('the certificate was renewed');
  } catch (error) {
    log.error('the new certificate cannot be used; the old one goes on', { err: error });
  }
}
