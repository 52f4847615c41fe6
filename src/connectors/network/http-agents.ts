import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { isLoopback } from '../urls.ts';
import { isProxy } from './connection-options.ts';
import { makeProxyAgent, ProxyError } from './proxy-agent.ts';

// As Node's own agent.
const usual = { keepAlive: true, scheduling: 'lifo', timeout: 5000 } as const;
/** Straight to the shop. */
export const directAgents = { http: new Agent(usual), https: new TlsAgent(usual) };
const proxied = new Map<string, TlsAgent>();

/** This very machine, by any of its names. */
const isNear = (host: string): boolean => isLoopback(host) || /(^|\.)localhost\.?$/i.test(host);

/**
 * Agents of our own, so that no setting of the machine sends a key elsewhere (`NODE_USE_ENV_PROXY` acts on Node's
 * global ones). A proxy is used where a person named one for the shop: for https alone, which it passes on by
 * CONNECT without seeing into it, and never for this very machine. Throws a `ProxyError` for one that no person could have
 * set here: it was written into what is kept.
 */
export function agentsFor(url: URL, proxy: string | undefined): { readonly http: Agent; readonly https: TlsAgent } {
  if (proxy === undefined || url.protocol !== 'https:' || isNear(url.hostname)) return directAgents;
  if (!isProxy(proxy)) throw new ProxyError('the proxy that is kept is no http://host:port without a password', true);
  const agent = proxied.get(proxy) ?? makeProxyAgent(proxy, usual);
  proxied.set(proxy, agent);
  return { http: directAgents.http, https: agent };
}
