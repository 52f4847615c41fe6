import { describe, expect, it } from 'vitest';
import { makeHttp } from '../../src/connectors/http.ts';
import { asShopError } from '../../src/connectors/http-exchange.ts';
import type { HttpResponse } from '../../src/connectors/http-response.ts';
import { ProxyError } from '../../src/connectors/network/proxy-agent.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { morning } from '../support/builders.ts';

const http = makeHttp({ shopId: toShopId('dk'), secrets: [], now: () => morning });
const reply = (status: number, text: string, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status,
  text,
  headers,
  doing: 'reading products',
});
const page = '<html><title>Sorry</title></html>';

describe('why a kind of trouble came is set where the error is made', () => {
  it.each<readonly [string, HttpResponse, string, string | undefined, 'us' | 'shop']>([
    ['an error of its own', reply(503, '{"message":"Out"}'), 'unreachable', 'own-error', 'shop'],
    ['a page with an error', reply(500, page), 'unreachable', 'own-error', 'us'],
    ['Cloudflare before a shop that is away', reply(522, ''), 'unreachable', 'own-error', 'us'],
    ['too slow by its own word', reply(408, 'slow'), 'unreachable', undefined, 'shop'],
    ['a firewall', reply(403, '<title>Just a moment...</title>'), 'refused', 'firewall', 'us'],
    [
      'a password of the host',
      reply(401, page, { 'www-authenticate': 'Basic realm="Staging"' }),
      'refused',
      'host-password',
      'us',
    ],
    // It may write what we would: nothing is decided by it.
    ['a shop with our words', reply(400, "a firewall's page (x) came"), 'refused', undefined, 'shop'],
  ])('%s', (_, answer, kind, reason, saidBy) => {
    const { detail, ...error } = http.troubleOf(answer);
    expect([error.kind, detail.reason, detail.saidBy]).toEqual([kind, reason, saidBy]);
  });

  it.each<readonly [string, unknown, string | undefined]>([
    ['the proxy', new ProxyError('the proxy does not answer as one', true), 'proxy'],
    ['a fault of ours', new TypeError('x is not a function'), 'program-fault'],
    [
      'files that were replaced',
      Object.assign(new Error("Cannot find module '/opt/x.js'"), { code: 'ERR_MODULE_NOT_FOUND' }),
      'program-fault',
    ],
    ['a connection that is cut', Object.assign(new Error('cut'), { code: 'ECONNRESET' }), undefined],
  ])('%s', (_, error, reason) => {
    const { detail } = asShopError(error, { trouble: http.trouble, doing: 'asking', cancelled: false });
    expect([detail.reason, detail.saidBy]).toEqual([reason, 'us']);
  });

  it('says of files that were replaced that the program is to be started again, not to be asked again', () => {
    const error = Object.assign(new Error("Cannot find module '/opt/x.js'"), { code: 'ERR_MODULE_NOT_FOUND' });
    const format = { words: wordsOf('en'), shopName: String } as never;
    expect(screenErrorLines(error, format).advice).toMatch(/leave with q and start it again/);
    expect(screenErrorLines(new Error('x'), format).advice).toMatch(/^Press r to try again/);
  });
});
