import { describe, expect, it } from 'vitest';
import { errorReportOf } from '../../../src/runtime/error-report.ts';
import { listenTrouble } from '../../../src/runtime/listen-error.ts';
import type { Settings } from '../../../src/settings.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

const settings = (host: string, port: number) =>
  ({ paths: { config: '/etc/bindeled' }, serve: { host, port } }) as unknown as Settings;
const told = (code: string, host = '127.0.0.1', port = 8723) => {
  const error = listenTrouble(Object.assign(new Error(`listen ${code}`), { code }), settings(host, port));
  return errorReportOf(error, wordsOf('en'), '/var/log/bindeled').lines;
};

describe('a server that cannot answer where it should', () => {
  it.each([
    ['EADDRINUSE', 'another program answers there already', 'serve.port'],
    ['EADDRNOTAVAIL', 'this machine has no such address', 'serve.host'],
    ['EINVAL', 'this machine has no such address', 'serve.host'],
    ['ENOTFOUND', 'no name server knows the name', 'serve.host'],
    ['EACCES', 'does not let this user answer', 'serve.port'],
  ])('%s: %s, and which setting', (code, words, key) => {
    const { said, details, advice } = told(code);
    expect(said).toContain(words);
    expect(said).toContain('127.0.0.1');
    expect(details).toEqual([`/etc/bindeled/config.json: ${key}`]);
    expect(advice).not.toBe('');
  });

  it('says who may answer at a low port, and whom to look for at a taken one', () => {
    expect(told('EACCES', '0.0.0.0', 80).said).toContain('0.0.0.0:80: ports below 1024 are for root');
    expect(told('EADDRINUSE', '0.0.0.0', 9090).advice).toContain('sport = :9090');
  });

  it('leaves anything else as it came', () => {
    const error = new TypeError('x');
    expect(listenTrouble(error, settings('127.0.0.1', 1))).toBe(error);
  });
});
