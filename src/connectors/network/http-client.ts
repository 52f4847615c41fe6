import http from 'node:http';
import https from 'node:https';
import got, { type RequestFunction } from 'got';
import { directAgents } from './http-agents.ts';
import { lookupHost } from './lookup-host.ts';
import { unpackable } from './unpacked.ts';

const defaultTimeoutMs = 60_000;

/** Milliseconds that each part of a request may take, and all of it. */
export const timeouts = (total: number) => ({
  lookup: 5000,
  connect: 5000,
  secureConnect: 5000,
  send: 15_000,
  request: total,
});

/**
 * Node's own request, with nothing but what we set: got hands over some forty options, nearly all undefined, and Node goes
 * through them four times for each request. The headers go as a list, which Node writes as it is; of an object it would make
 * a table first, and of an address an object of a dozen parts. Together a fifth of what a small request costs.
 */
const plainRequest: RequestFunction = (url, { method, headers, agent, lookup, ca }, onResponse) =>
  (url.protocol === 'https:' ? https : http).request(
    {
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[(.+)\]$/, '$1'),
      port: url.port,
      path: url.pathname + url.search,
      method,
      headers: ['host', url.host, ...Object.entries(headers ?? {}).flatMap(([name, value]) => [name, `${value}`])],
      agent,
      lookup,
      ca,
    },
    onResponse,
  );

/**
 * The one got instance. It never follows a redirect (got hands custom headers and, on some hops, a changed
 * method to the new address) and never tries twice: waiting is `retry.ts`'s. What is the same for most requests stands
 * here: got takes apart and checks anew what a request brings.
 */
export const client = got.extend({
  followRedirect: false,
  throwHttpErrors: false,
  retry: { limit: 0 },
  decompress: false,
  headers: {
    'user-agent': 'bindeled',
    accept: 'application/json',
    'accept-encoding': unpackable,
    'cache-control': 'no-cache',
  },
  agent: directAgents,
  request: plainRequest,
  dnsLookup: lookupHost,
  timeout: timeouts(defaultTimeoutMs),
});
