import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/domain/alarms/alarm.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { alarmLine, raisedMessage } from '../../src/views/alarms/alarm-lines.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { morning } from '../support/builders.ts';

const formatIn = (language: 'en' | 'da') =>
  formatContext({ words: wordsOf(language), now: morning, timeZone: 'UTC' }, {});
const shopId = toShopId('se');
const about = { key: 'k', shopId, since: morning } as const;
const lost = (trouble: Extract<Condition, { kind: 'connection-lost' }>['trouble'], said = 'Out'): Condition => ({
  ...about,
  kind: 'connection-lost',
  said,
  trouble,
});
const told = (condition: Condition, language: 'en' | 'da') =>
  alarmLine(condition, formatIn(language), language).sentence;

describe('what a mail says, which is read when it is read', () => {
  it.each<readonly [Condition, string, string]>([
    [
      lost({ kind: 'unreachable', said: 'Out', saidBy: 'shop', reason: 'own-error' }),
      'se has not been read since 2026-11-24 08:00: error in the shop: "Out"',
      'se er ikke læst siden 2026-11-24 08:00: fejl i shoppen: "Out"',
    ],
    [
      lost({ kind: 'unintelligible', said: 'the list never ends', saidBy: 'us' }),
      'se has not been read since 2026-11-24 08:00: unreadable answer: the list never ends',
      'se er ikke læst siden 2026-11-24 08:00: uforståeligt svar: listen slutter aldrig',
    ],
    // As older versions kept it.
    [
      lost(undefined, 'unauthorized: Invalid key'),
      'se has not been read since 2026-11-24 08:00: key refused: "Invalid key"',
      'se er ikke læst siden 2026-11-24 08:00: nøgle afvist: "Invalid key"',
    ],
    [
      { ...about, kind: 'stock-differs', count: 1 },
      'se: the stock of 1 product has differed since 2026-11-24 08:00',
      'se: lageret har afveget for 1 produkt siden 2026-11-24 08:00',
    ],
    [
      { key: 'w', kind: 'warehouse-old', since: morning, said: 'unreachable' },
      'The warehouse has not been read since 2026-11-24 08:00: no answer',
      'Lageret er ikke læst siden 2026-11-24 08:00: svarer ikke',
    ],
  ])('%j', (condition, english, danish) => {
    expect([told(condition, 'en'), told(condition, 'da')]).toEqual([english, danish]);
  });

  it('counts what it counts', () => {
    const line = { sentence: 'x', repair: 'y' };
    expect(raisedMessage([line, line], formatIn('en')).subject).toBe('Bindeled: 2 matters need a person');
    expect(raisedMessage([line, line], formatIn('da')).subject).toBe('Bindeled: 2 sager kræver handling');
  });
});
