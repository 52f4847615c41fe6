import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credential, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { type FakeResponse, type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import type { ShopConnector } from '../../src/ports/shop-connector.ts';
import { errorOf, forever } from '../contract/connector-harness.ts';
import { makeShop } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';
import { platformParts } from '../support/platform-parts.ts';

/* What stands before a shop answers in the same words whatever the shop is. */

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const html = { 'content-type': 'text/html; charset=utf-8' };
const page = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): FakeResponse => ({
  status,
  headers: { ...html, ...headers },
  body,
});
const basic = { 'www-authenticate': 'Basic realm="Staging"' };
const nginx502 = '<html><head><title>502 Bad Gateway</title></head><body><hr><center>nginx</center></body></html>';
const cloudflare521 = '<title>shop.dk | 521: Web server is down</title><p>Cloudflare Ray ID: 8f</p>';
const memory = '<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted in <b>Db.php</b>';

/** What comes, the kind of trouble that it is, and a part of what is told of it. */
const walls: readonly (readonly [string, FakeResponse, string, string])[] = [
  ['nginx without its application', page(502, nginx502), 'unreachable', '"502 Bad Gateway"'],
  [
    'Varnish',
    page(503, '<?xml version="1.0"?><title>503 Backend fetch failed</title>'),
    'unreachable',
    'Backend fetch',
  ],
  ['Cloudflare before a shop that is down', page(521, cloudflare521), 'unreachable', 'does not reach it'],
  ['Cloudflare without the name', page(530, 'error code: 1016'), 'unreachable', 'does not reach it'],
  ["the host's password", page(401, '<title>401 Authorization Required</title>', basic), 'refused', '(Staging)'],
  ['a plain word', page(403, 'Forbidden', { 'content-type': 'text/plain' }), 'refused', 'Forbidden'],
  ["PHP's last words", page(200, memory), 'unintelligible', '"Fatal error: Allowed memory size of 134217728'],
  ['an empty page', page(200, ''), 'unintelligible', 'an empty'],
  ['nothing', { status: 204, body: '' }, 'unintelligible', 'an empty answer'],
  [
    'a parked domain',
    page(200, '<title>Parkeret hos Simply.com</title>'),
    'unintelligible',
    'Parkeret hos Simply.com"',
  ],
  ["a gateway's JSON", { status: 429, body: { detail: [{ msg: 'Too many' }] } }, 'rate-limited', 'Too many'],
  ['a login', { status: 302, headers: { location: '/password' }, body: '' }, 'moved', 'page for people'],
  ['XML', page(200, '<?xml version="1.0"?><e><m>Ikke her</m></e>'), 'unintelligible', '"Ikke her"'],
];

/** What answers in the place of a shop, in JSON: the shop's own word on a missing right is another. */
const strangers: readonly (readonly [string, FakeResponse, readonly string[]])[] = [
  ['another program that answers [] to everything', { status: 200, body: [] }, ['unintelligible', 'refused']],
  ['a plan that holds no API', { status: 403, body: { title: 'Not on this plan' } }, ['refused']],
  ['a rule of a host', { status: 403, body: { error: 'Your country is not let in' } }, ['refused']],
];
describe.each(Object.keys(platformParts))('C20-C24: before %s', (platform) => {
  const parts = platformParts[platform]!;
  let wall: FakeResponse;
  let served: ServedShop;
  let connector: ShopConnector;
  beforeAll(async () => {
    const clock = makeClock({ auto: true, start: '2026-10-01T08:00:00.000Z' });
    served = await serve(fakeShop(parts.shop), {
      ...parts.dialect(() => Date.parse(clock.now())),
      answer: () => wall,
    });
    const driver = platformRegistry.get(toPlatformId(platform))!;
    const shop = makeShop({
      platform: driver.id,
      url: `${served.url}${parts.path ?? ''}`,
      options: parts.options ?? {},
    });
    const secrets = parts.secretsOf(credential(rightKey.key, rightKey.secret));
    connector = driver.connect({ shop, secrets, options: driver.options.parse(shop.options), clock });
  });
  afterAll(() => served.close());

  it.each(walls)('%s is told as what it is', async (_name, answer, kind, said) => {
    wall = answer;
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual([kind, expect.stringContaining(said)]);
    expect(error.detail.said).not.toMatch(/<\w/);
  });

  it.each(strangers)('no test passes on %s', async (_name, answer, kind) => {
    wall = answer;
    const error = await errorOf(connector.test(forever));
    expect(kind).toContain(error.kind);
    expect(error.detail.permission).toBeUndefined();
  });
});
