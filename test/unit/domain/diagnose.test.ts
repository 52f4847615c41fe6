import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/domain/diagnosis/diagnose.ts';
import { causes } from '../../../src/domain/diagnosis/diagnosis.ts';
import type { PlaceFacts } from '../../../src/domain/diagnosis/place-facts.ts';
import { toProductId, toSku } from '../../../src/domain/ids.ts';
import {
  makeIntegration,
  makeMark,
  makeProduct,
  makeRun,
  makeShop,
  makeShopState,
  makeTombstone,
  morning,
  refTo,
} from '../../support/builders.ts';
import { earlier, judged, makePlace, related } from './make-place-facts.ts';

const draft = related({ said: { activity: 'draft', seenAt: morning } });
const active = related();
const other = toProductId('p2');
const removed = makeTombstone();
const trouble = (kind: string, at = morning) =>
  makeShopState({ lastAnswerAt: earlier(2), lastTrouble: { at, kind, said: '' } });
const taken = {
  kind: 'shop-id-taken',
  ref: refTo('no', '101'),
  since: morning,
  holder: other,
  claimant: toProductId('p1'),
} as const;
const near = {
  field: 'sku',
  ours: 'A-100',
  theirs: 'a 100',
  ref: refTo('no', '9'),
  at: morning,
  otherGtin: false,
} as const;

const cases: readonly (readonly [string, Partial<PlaceFacts>, readonly string[]])[] = [
  ['nothing here, read to the end', {}, ['never-in-this-shop: confirmed']],
  [
    'nothing here, rows unread',
    { state: makeShopState({ run: makeRun({ counts: { ...makeRun().counts, broken: 1 } }) }) },
    ['never-in-this-shop: likely'],
  ],
  [
    'never read',
    { state: undefined },
    ['not-fetched-yet: likely', 'connection-down: possible', 'never-in-this-shop: possible'],
  ],
  ['a draft', { listings: [draft] }, ['inactive-in-shop: confirmed']],
  [
    'a draft, seen long ago and not read since',
    {
      listings: [related({ said: { activity: 'draft', seenAt: earlier(72) } })],
      state: makeShopState({ run: undefined, lastComplete: undefined }),
    },
    ['inactive-in-shop: likely'],
  ],
  [
    'a draft, seen long ago and not contradicted since',
    { listings: [related({ said: { activity: 'draft', seenAt: earlier(72) } })] },
    ['inactive-in-shop: confirmed'],
  ],
  [
    'a draft that only its EAN speaks for',
    { listings: [related({ how: 'same-gtin', said: { activity: 'draft' } })] },
    ['inactive-in-shop: likely'],
  ],
  [
    'removed as inactive, and nothing else known',
    { tombstone: makeTombstone({ because: 'inactive-in-shop' }) },
    ['inactive-in-shop: likely'],
  ],
  ['active and not linked', { listings: [active] }, ['not-fetched-yet: confirmed']],
  [
    'removed by a person',
    { tombstone: removed, listings: [active] },
    ['removed-by-user: confirmed', 'not-fetched-yet: possible'],
  ],
  [
    'removed by a person, then made a draft',
    { tombstone: removed, listings: [draft] },
    ['inactive-in-shop: confirmed', 'removed-by-user: likely'],
  ],
  [
    'removed by a person, then deleted there',
    { tombstone: removed, unknownRefs: [{ ref: refTo('no', '101'), at: morning, live: true }] },
    ['gone-from-shop: confirmed', 'removed-by-user: likely'],
  ],
  [
    'asked by id and unknown',
    { unknownRefs: [{ ref: refTo('no', '101'), at: morning, live: false }] },
    ['gone-from-shop: confirmed'],
  ],
  ['an id that another holds', { listings: [related({ holder: other })] }, ['shop-id-taken: confirmed']],
  [
    'an EAN that another holds',
    { listings: [related({ how: 'same-gtin', holder: other })] },
    ['shop-id-taken: likely'],
  ],
  [
    'a copy in conflict',
    { conflicts: [taken], listings: [related({ how: 'claimed', holder: other })] },
    ['shop-id-taken: confirmed'],
  ],
  [
    'two active listings with its SKU',
    { listings: [active, related({ said: { ref: refTo('no', '102') } })] },
    ['not-fetched-yet: confirmed', 'sku-twice-in-shop: likely'],
  ],
  [
    'more than one of ours could be meant',
    {
      conflicts: [{ kind: 'ambiguous', ref: refTo('no', '7'), since: morning, candidates: [toProductId('p1'), other] }],
    },
    ['ambiguous: confirmed', 'never-in-this-shop: confirmed'],
  ],
  [
    'the key is wrong',
    { state: trouble('unauthorized') },
    ['connection-down: confirmed', 'never-in-this-shop: likely'],
  ],
  [
    'a permission is missing, and it was a draft',
    { state: trouble('forbidden'), listings: [draft] },
    ['connection-down: confirmed', 'inactive-in-shop: likely'],
  ],
  [
    'an answer and trouble in the same millisecond: the trouble came last',
    {
      state: makeShopState({
        lastAnswerAt: morning,
        lastTrouble: { at: morning, kind: 'unauthorized', said: '' },
      }),
    },
    ['connection-down: confirmed', 'never-in-this-shop: likely'],
  ],
  [
    'the right to set stock is missing, and it was a draft',
    {
      state: makeShopState({
        lastAnswerAt: earlier(2),
        lastTrouble: { at: morning, kind: 'forbidden', said: '', sending: true },
      }),
      listings: [draft],
    },
    ['inactive-in-shop: confirmed'],
  ],
  [
    'out of reach an hour ago',
    { state: trouble('unreachable', earlier(1)), listings: [draft] },
    ['inactive-in-shop: confirmed', 'connection-down: likely'],
  ],
  [
    'out of reach now',
    { live: { kind: 'trouble', at: morning, troubleKind: 'unreachable', said: '' }, listings: [draft] },
    ['connection-down: confirmed', 'inactive-in-shop: likely'],
  ],
  [
    'asked to slow down',
    { state: trouble('rate-limited'), listings: [draft] },
    ['inactive-in-shop: confirmed', 'connection-down: possible'],
  ],
  [
    'paused',
    { shop: makeShop({ paused: true }), listings: [draft] },
    ['shop-paused: confirmed', 'inactive-in-shop: likely'],
  ],
  [
    'marked not for this shop',
    { expected: false, marks: [makeMark({ kind: 'not-for-this-shop' })] },
    ['not-for-this-shop: confirmed', 'never-in-this-shop: confirmed'],
  ],
  ['another spelling', { near: [near] }, ['other-spelling: likely', 'never-in-this-shop: possible']],
  [
    'another spelling with another EAN',
    { near: [{ ...near, otherGtin: true }] },
    ['other-spelling: possible', 'never-in-this-shop: possible'],
  ],
  [
    'only its parent is there',
    { listings: [related({ said: { sellable: 'parent' } })] },
    ['now-has-variants: confirmed'],
  ],
  [
    'its variant went, the parent stayed',
    {
      unknownRefs: [{ ref: refTo('no', '5', '6'), at: morning, live: false }],
      parents: [related({ said: { ref: refTo('no', '5'), sellable: 'parent' } }).listing],
    },
    ['variant-missing: confirmed'],
  ],
  [
    'refused when fetched',
    {
      refusal: { why: 'refused-by-shop', at: morning },
      listings: [related({ how: 'was-linked', said: { activity: 'active' }, ruledOutBy: 'mette' })],
    },
    ['never-in-this-shop: confirmed', 'refused: likely'],
  ],
  ['ruled out by a person', { listings: [related({ ruledOutBy: 'mette' })] }, ['never-in-this-shop: confirmed']],
];

describe('why there is no integration', () => {
  test.each(cases)('%s', (_, over, expected) => {
    expect(judged(over)).toEqual(expected);
  });

  test('made in the warehouse and sold nowhere: nothing to do', () => {
    const { product } = makePlace();
    const made = { ...product, origin: 'warehouse', contentFrom: undefined } as const;
    expect(judged({ product: made, knownIn: [], expected: false })).toEqual(['only-in-warehouse: confirmed']);
  });

  test('unknown stands alone, when nothing else does', () => {
    const facts = makePlace({ tombstone: makeTombstone({ because: 'moved' }) });
    const diagnosis = diagnose(facts);
    expect(judged({ tombstone: facts.tombstone })).toEqual(['unknown: possible']);
    expect(diagnosis.verdict === 'not-integrated' && diagnosis.findings[0].next).toBe('copy-ticket');
  });

  test('every cause of the catalogue is weighed once, in the order of certainty and then of the catalogue', () => {
    for (const [name, over] of cases) {
      const diagnosis = diagnose(makePlace(over));
      if (diagnosis.verdict === 'integrated') throw new Error(name);
      expect(diagnosis.findings.map(({ cause }) => cause).toSorted()).toEqual(causes.toSorted());
      const places = diagnosis.findings.map(({ cause, certainty }) => {
        return ['confirmed', 'likely', 'possible', 'ruled-out'].indexOf(certainty) * 100 + causes.indexOf(cause);
      });
      expect(places, name).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('the age of a finding is that of the oldest fact it rests on', () => {
    const tombstone = makeTombstone({ because: 'inactive-in-shop', at: earlier(5) });
    const diagnosis = diagnose(makePlace({ listings: [draft], tombstone }));
    expect(diagnosis.verdict === 'not-integrated' && diagnosis.findings[0].asOf).toBe(earlier(5));
  });

  test('a shop that hides at nought, and the link went after a nought: the deadlock is named', () => {
    const integration = makeIntegration({ pushed: { quantity: 0, at: earlier(3) } });
    const tombstone = makeTombstone({ because: 'inactive-in-shop', integration, at: earlier(2) });
    const hidden = related({ said: { activity: 'draft', hidesAtZero: true } });
    const diagnosis = diagnose(makePlace({ listings: [hidden], tombstone }));
    const [top] = diagnosis.verdict === 'not-integrated' ? diagnosis.findings : [];
    expect(top?.evidence.map(({ kind }) => kind)).toEqual(['shop-says', 'link-removed', 'hidden-after-zero']);
  });

  test('goods are unsellable only where they lie on the shelf and a link is expected', () => {
    const unsellable = (over: Partial<PlaceFacts>) => {
      const diagnosis = diagnose(makePlace(over));
      return diagnosis.verdict === 'not-integrated' && diagnosis.goodsUnsellable;
    };
    const { product } = makePlace();
    expect(unsellable({})).toBe(true);
    expect(unsellable({ expected: false })).toBe(false);
    expect(unsellable({ product: { ...product, stock: { onHand: 0, reserved: 0 } } })).toBe(false);
  });
});

describe('a link that stands', () => {
  const integration = makeIntegration({ ref: refTo('no', '101'), pushed: { quantity: 3, at: earlier(4) } });
  const linked = related({ how: 'linked', said: { sku: toSku('A-100') } });

  test.each<readonly [string, Partial<PlaceFacts>, string]>([
    ['flows', {}, 'integrated'],
    ['in a paused shop', { shop: makeShop({ paused: true }) }, 'integrated, shop-paused'],
    ['to a shop that does not answer', { state: trouble('unreachable') }, 'integrated, connection-down'],
    [
      'to what the shop does not sell',
      { listings: [related({ how: 'linked', said: { activity: 'archived' } })] },
      'integrated, inactive-in-shop',
    ],
    [
      'refused since the last push',
      { integration: { ...integration, refused: [{ why: 'location-missing', at: morning }] } },
      'integrated, location-missing',
    ],
    [
      'not active when it was pushed, and on sale since',
      { integration: { ...integration, refused: [{ why: 'inactive-in-shop', at: earlier(1) }] } },
      'integrated',
    ],
    [
      'not active when it was pushed, and not read since',
      {
        integration: { ...integration, refused: [{ why: 'inactive-in-shop', at: earlier(1) }] },
        listings: [related({ how: 'linked', said: { seenAt: earlier(2) } })],
      },
      'integrated, inactive-in-shop',
    ],
    [
      'not counted when it was pushed, and a figure was read alone since',
      {
        integration: { ...integration, refused: [{ why: 'not-tracked-in-shop', at: earlier(1) }] },
        listings: [related({ how: 'linked', said: { seenAt: earlier(2), stockSeenAt: morning } })],
      },
      'integrated',
    ],
    [
      'refused, and the shop has our figure since',
      {
        integration: { ...integration, refused: [{ why: 'refused-by-shop', at: earlier(1) }] },
        product: makeProduct({ stock: { onHand: 12, reserved: 2 } }),
      },
      'integrated',
    ],
  ])('%s', (_, over, expected) => {
    expect(judged({ integration, listings: [linked], ...over })).toEqual([expected]);
  });
});
