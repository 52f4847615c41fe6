import { describe, expect, it } from 'vitest';
import { toRunId } from '../../../src/domain/ids.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import {
  exceedsRemovalLimit,
  inactiveIn,
  missedIn,
  needsConfirmation,
} from '../../../src/domain/reconcile/pending-removals.ts';
import { instant, makeListing, makeRun, morning, noCounts, refTo } from '../../support/builders.ts';

const run = makeRun({
  id: toRunId('run-2'),
  startedAt: instant('2026-11-24T09:00:00Z'),
  counts: { ...noCounts, seen: 9 },
});
const seen = { seenIn: run.id, seenAt: instant('2026-11-24T09:01:00Z') };
const at = (id: string) => refTo('dk', id);

describe('what a reading puts in question', () => {
  const listings = [
    makeListing({ ref: at('1'), ...seen }),
    makeListing({ ref: at('2'), ...seen, activity: 'draft' }),
    makeListing({ ref: at('3') }),
    makeListing({ ref: at('4') }),
    makeListing({ ref: at('5'), goneAt: morning }),
    makeListing({ ref: at('6'), beside: [makeListing({ ref: at('6'), ...seen, newcomer: true })] }),
    makeListing({ ref: at('7'), seenAt: instant('2026-11-24T09:02:00Z'), seenIn: toRunId('fetch-1') }),
  ];
  const isLinked = ({ ref }: Listing): boolean => ['1', '2', '3', '6', '7'].includes(ref.shopProductId);

  it('links that rest, links that were not shown, and other things that were not', () => {
    expect(inactiveIn(listings, isLinked)).toEqual([at('2')]);
    expect(missedIn(listings, isLinked, run)).toEqual({ unseen: [at('3')], unseenUnlinked: [at('4')] });
  });

  it('what could not be read is not missed', () => {
    const unreadable = [{ shopProductId: '3', where: 'stock', said: '?', at: morning }] as const;
    expect(missedIn(listings, isLinked, { ...run, unreadable })).toEqual({ unseen: [], unseenUnlinked: [at('4')] });
  });
});

describe('too many links going at once', () => {
  it.each([
    [20, 20, false],
    [21, 21, true],
    [21, 420, false],
    [22, 420, true],
    [50, 1000, false],
    [51, 1000, true],
  ])('%i of %i: %s', (vanishing, links, expected) => {
    expect(exceedsRemovalLimit(vanishing, links)).toBe(expected);
  });

  const few = { inactive: [], unseen: [at('1')], unseenUnlinked: [], links: 1 };
  it.each([
    ['a shop that shows nothing at all is asked about', few, { ...run, counts: noCounts }, true],
    ['one missing of many is not', few, run, false],
    ['nothing going is not', { ...few, unseen: [] }, { ...run, counts: noCounts }, false],
  ])('%s', (_name, removals, reading, expected) => {
    expect(needsConfirmation(removals, reading)).toBe(expected);
  });
});
