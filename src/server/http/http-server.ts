import Fastify, { type FastifyInstance } from 'fastify';
import type { RawRequest } from '../../ports/platform.ts';
import { type Reception, statusOf } from '../webhooks/receive.ts';
import type { Metrics } from './metrics.ts';
import type { TlsPair } from './tls.ts';

/** What the server can be asked over HTTP. */
export type HttpParts = {
  /** Whether the rounds go on; answered from memory. */
  readonly alive: () => boolean;
  /** Whether the store answers and the server is not being stopped. */
  readonly ready: () => Promise<boolean>;
  readonly status: () => Promise<unknown>;
  readonly metrics: Metrics;
  readonly receive: (shopId: string, request: RawRequest) => Promise<Reception>;
  readonly onError: (what: string, error: unknown) => void;
  /** PEM, where it is this server that does TLS. */
  readonly tls?: TlsPair;
};

/** Bytes of a delivery: the largest product of a shop is far below. */
const bodyLimit = 2 * 1024 * 1024;
/** Milliseconds in which a request must have come whole, however slowly it drips. */
const requestMs = 10_000;

const rawRequest = (headers: Record<string, unknown>, body: unknown, path: string): RawRequest => ({
  headers: Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (typeof value === 'string') return [[name, value]];
      return Array.isArray(value) ? [[name, value.join(', ')]] : [];
    }),
  ),
  body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  path,
});

/** Health, figures and the way in for webhooks, on one small server. Bodies come in as they are, whatever they say they are. */
export function makeHttpServer(parts: HttpParts): FastifyInstance {
  const limits = { logger: false, bodyLimit, forceCloseConnections: true, requestTimeout: requestMs };
  // Node looks for what came to no end every 30 seconds only, unless told otherwise.
  const often = { connectionsCheckingInterval: 2000, headersTimeout: requestMs };
  const options = { ...limits, http: often, https: parts.tls === undefined ? null : { ...parts.tls, ...often } };
  const app = Fastify(options);
  app.removeAllContentTypeParsers();
  // A body without a type, or with one that means nothing, is as good as any: its signature says what it is.
  app.addHook('onRequest', async ({ raw }) => {
    raw.headers['content-type'] = 'application/octet-stream';
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.get('/healthz', async (_request, reply) => {
    const ok = parts.alive();
    return reply.code(ok ? 200 : 503).send({ ok });
  });
  app.get('/readyz', async (_request, reply) => {
    const ok = await parts.ready().catch(() => false);
    return reply.code(ok ? 200 : 503).send({ ok });
  });
  app.get('/status', async () => parts.status());
  app.get('/metrics', async (_request, reply) => {
    const { type, body } = await parts.metrics.text();
    return reply.type(type).send(body);
  });

  const hook = async (shopId: string, request: RawRequest): Promise<number> => {
    const reception = await parts.receive(shopId, request);
    // Only names that are ours become labels: nobody outside can make the figures grow.
    parts.metrics.delivery(reception === 'unknown-shop' ? '' : shopId, reception);
    return statusOf[reception];
  };
  for (const path of ['/hooks/:shop', '/hooks/:shop/*']) {
    app.post<{ Params: { shop: string; '*'?: string } }>(path, async ({ params, headers, body }, reply) => {
      const status = await hook(params.shop, rawRequest(headers, body, params['*'] ?? ''));
      return reply.code(status).send();
    });
  }

  app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) parts.metrics.delivery('', 'too-large');
    else if (status >= 500) parts.onError('request failed', error);
    return reply.code(status).send();
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  return app;
}
