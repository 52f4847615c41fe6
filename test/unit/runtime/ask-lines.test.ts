import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askLines } from '../../../src/runtime/terminal/ask-lines.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const firstKeys = { 1: undefined, 2: /^\p{Ll}$/u, q: undefined };

/** The answer after these characters at this pace, and what is left for who reads the keys next. */
async function answered(text: string, gap: number): Promise<readonly [string | undefined, string]> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const { ask, handOver } = askLines(input, output, new AbortController().signal);
  const said = ask('? ', firstKeys);
  for (const character of text) {
    input.emit('data', Buffer.from(character));
    vi.advanceTimersByTime(gap);
  }
  vi.advanceTimersByTime(1_000);
  let answer: string | undefined = 'not yet';
  void said.then((line) => {
    answer = line;
  });
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  const unshift = vi.spyOn(input, 'unshift');
  handOver();
  return [answer, String(unshift.mock.calls[0]?.[0] ?? '')];
}

test.each<[string, number, string, string]>([
  ['1', 0, '1', ''],
  ['q', 0, 'q', ''],
  ['1\r', 20, '1', ''],
  ['1\r', 200, '1', ''],
  ['hello\r', 20, 'hello', ''],
  ['2http://shop.example\r', 0, '2', 'http://shop.example\r'],
  ['2http://shop.example', 70, '2', 'http://shop.example'],
  ['5701234567890\r', 4, '5701234567890', ''],
  ['1234\r', 0, '1234', ''],
  ['1234\r', 70, '1234', ''],
  ['2345\t', 70, '2345', ''],
  ['1234\r', 400, '1234', ''],
  ['q-1005\t', 400, 'q-1005', ''],
  ['q-1005\u0003', 70, 'q-1005', ''],
  ['2AB-17\u0004', 1, '2AB-17', ''],
  ['010570123456789910AB12\r', 30, '010570123456789910AB12', ''],
  ['1-A\r', 30, '1-A', ''],
])('%j at %i ms a character answers %j and leaves %j', async (text, gap, answer, left) => {
  expect(await answered(text, gap)).toEqual([answer, left]);
});
