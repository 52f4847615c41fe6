import { describe, expect, test } from 'vitest';
import { causes, type Diagnosis } from '../../src/domain/diagnosis/diagnosis.ts';
import type { LinkNote } from '../../src/domain/diagnosis/link-notes.ts';
import type { DomainEvent, StoredEvent } from '../../src/domain/event.ts';
import { later, toProductId } from '../../src/domain/ids.ts';
import type { PushRow } from '../../src/domain/push-plan.ts';
import { conflictSentence } from '../../src/views/conflicts/conflict-lines.ts';
import { diagnosisDetail } from '../../src/views/diagnosis/diagnosis-detail.ts';
import { diagnosisTone, evidenceSentence, findingLines } from '../../src/views/diagnosis/diagnosis-lines.ts';
import { explainLines } from '../../src/views/diagnosis/explain-lines.ts';
import { linkFacts } from '../../src/views/diagnosis/shop-state-detail.ts';
import { refusalLines, shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { storeErrorLines } from '../../src/views/errors/store-error-lines.ts';
import { type FormatContext, formatContext } from '../../src/views/format/format-context.ts';
import { actLine } from '../../src/views/history/act-lines.ts';
import { eventSentence } from '../../src/views/history/event-lines.ts';
import { pushColumns } from '../../src/views/push/push-columns.ts';
import { pushLine, pushSummary } from '../../src/views/push/push-lines.ts';
import { runCountsLine, runTone } from '../../src/views/sync/run-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import {
  makeIntegration,
  makeProduct,
  makeRun,
  makeShop,
  mette,
  morning,
  noCounts,
  refTo,
} from '../support/builders.ts';

const product = makeProduct();
const shop = makeShop();
const base = { now: later(morning, 180_000), timeZone: 'Europe/Copenhagen' };
const known = { shops: [shop], products: [product] };
const da = formatContext({ ...base, words: wordsOf('da') }, known);
const en = formatContext({ ...base, words: wordsOf('en') }, known);
const ref = refTo(shop.id, '101', '7');

describe('evidence', () => {
  test('carries its age, and says that it was asked live', () => {
    const says = { kind: 'shop-says', activity: 'draft', shopSays: 'draft', ref, at: morning } as const;
    expect(evidenceSentence({ ...says, live: false }, da)).toBe('shoppen siger "draft" om 101/7 (for 3 min siden)');
    const heard = { ...says, live: true } as const;
    expect(evidenceSentence({ ...heard, at: base.now }, en)).toBe('the shop says "draft" about 101/7 (asked just now)');
    // An answer grows old on the screen like any figure.
    expect(evidenceSentence(heard, en)).toBe('the shop says "draft" about 101/7 (asked 3 min ago)');
    expect(evidenceSentence(heard, da)).toBe('shoppen siger "draft" om 101/7 (spurgt for 3 min siden)');
  });

  test('a difference of blanks can be seen', () => {
    const near = { kind: 'near-spelling', field: 'sku', ours: 'A 1', theirs: 'A1', ref } as const;
    expect(evidenceSentence(near, en)).toContain('"A·1" looks like "A1"');
  });

  test('a removal names who, why and the note', () => {
    const removed = { kind: 'link-removed', by: mette, because: 'removed-by-user', ref, note: 'fejl' } as const;
    expect(evidenceSentence(removed, da)).toBe(
      'mette fjernede produktintegrationen til 101/7: en bruger slettede den; note: fejl',
    );
  });
});

describe('a diagnosis', () => {
  const finding = (cause: (typeof causes)[number]) =>
    ({ cause, certainty: 'confirmed', evidence: [], against: [], next: 'fetch-product' }) as const;

  test.each(causes)('%s is a label and a sentence in both languages', (cause) => {
    const [danish, english] = [findingLines(finding(cause), da), findingLines(finding(cause), en)];
    expect(danish.sentence).toMatch(/^[A-ZÆØÅ].*\.$/);
    expect(english.sentence).toMatch(/^[A-Z].*\.$/);
    expect(danish.label.length).toBeLessThanOrEqual(28);
  });

  test.each([
    ['refused', 'proxy', 'no connection to the shop'],
    ['refused', undefined, 'the answer cannot be used'],
    ['unreachable', 'own-error', 'the shop has an error of its own'],
    ['unauthorized', undefined, 'the shop does not let us in'],
    ['unintelligible', 'program-fault', 'error in the program'],
  ] as const)('says of a connection that is %s, for %s, what is wrong with it', (troubleKind, reason, label) => {
    const fact = {
      kind: 'shop-does-not-answer',
      troubleKind,
      reason,
      said: 'the proxy does not answer as one',
      at: morning,
      live: false,
    } as const;
    expect(findingLines({ ...finding('connection-down'), evidence: [fact] }, en).label).toBe(label);
  });

  test('goods that cannot be sold are told before the causes, and what is ruled out comes last', () => {
    const diagnosis = {
      productId: product.id,
      shopId: shop.id,
      verdict: 'not-integrated',
      findings: [finding('inactive-in-shop'), { ...finding('gone-from-shop'), certainty: 'ruled-out' }],
      goodsUnsellable: true,
    } as const;
    const lines = explainLines(diagnosis, { onHand: 8, expected: true }, en).map(({ pieces }) =>
      pieces.map((piece) => piece.text).join(''),
    );
    expect(lines[1]).toBe('! 8 on hand that this shop cannot sell.');
    expect(lines.slice(-2)).toEqual(['× Ruled out', 'deleted in the shop']);
    // Nobody asked whether it is unknown: the tab leaves that out as the command does.
    const [first, gone] = diagnosis.findings;
    const known: Diagnosis = {
      ...diagnosis,
      findings: [first, gone, { ...finding('unknown'), certainty: 'ruled-out' }],
    };
    const told = diagnosisDetail(known, en, 80).map((line) =>
      typeof line === 'string' ? line : line.map(({ text }) => text).join(''),
    );
    expect(told.slice(-1)).toEqual(['× ruled out  deleted in the shop']);
    // Amber on the card as in every strip: the link was taken away as it should be.
    expect(diagnosisTone(diagnosis)).toBe('waiting');
  });
});

describe('a link that stands', () => {
  const linked = (...notes: readonly LinkNote[]): Diagnosis => {
    const integration = makeIntegration();
    return { productId: product.id, shopId: shop.id, verdict: 'integrated', integration, notes };
  };
  const textOf = (diagnosis: Diagnosis, format: FormatContext) =>
    explainLines(diagnosis, { onHand: 8, expected: true }, format).map(({ pieces }) =>
      pieces.map((piece) => piece.text).join(''),
    );

  test('says who else wants its id, by name, and what to do', () => {
    const conflict = { kind: 'shop-id-taken', ref, since: morning, holder: product.id, claimant: product.id } as const;
    const lines = textOf(linked({ kind: 'in-conflict', conflict, at: morning }), en);
    expect(lines[1]).toBe(`! a conflict is open: Product id 101/7 is held by A-100; A-100 wants it too (3 min ago)`);
    expect(lines[2]).toBe('Next: Open the conflict and choose.');
  });

  test('leads with what somebody has to act on', () => {
    const hidden = { kind: 'cannot-be-bought', why: 'hidden', shopSays: 'skjult' } as const;
    const [head, first] = textOf(linked({ kind: 'not-counted' }, hidden), da);
    expect(head).toBe('! Nordlys DK  Koblet til 101.');
    expect(first).toContain('! det er aktivt, men ingen kan købe det');
  });

  test('says why a row could not be read in the language of the reader, and else what stood there', () => {
    const row = (value: string) => linked({ kind: 'row-unreadable', field: 'sku', value });
    expect(textOf(row('is object, not text'), da)[1]).toContain(
      'ikke læses: sku er noget andet, ikke tekst. Det viste',
    );
    expect(textOf(row('76.5'), en)[1]).toContain('could not be read: sku says "76.5". What');
  });

  test('says of a link that refused a figure what the shop said, that none was taken, and what to do', () => {
    const refused = [{ why: 'refused-by-shop', at: morning, said: 'plugin: no' }] as const;
    const differs = { kind: 'stock-differs', ours: 7, shopHas: 5, why: 'refused' } as const;
    const diagnosis: Diagnosis = {
      ...linked(differs),
      verdict: 'integrated',
      integration: makeIntegration({ refused }),
      stale: 'refused-by-shop',
      staleSince: morning,
      staleSaid: 'plugin: no',
    };
    const text = textOf(diagnosis, da).join('\n');
    expect(text).toMatch(/shoppen afviste det \("plugin: no"/);
    expect(text).toMatch(/7: den seneste afsendelse kom ikke igennem|7: seneste afsendelse kom ikke igennem/);
    expect(text).toContain('ret det der, og send igen');
    expect(linkFacts(diagnosis.integration, da)).toContain('intet af vores tal er taget imod endnu');
    expect(linkFacts(makeIntegration(), da)).toContain('aldrig sendt');
  });

  test('does not tell to push to a shop that is paused, and says what to do about that', () => {
    const differs = { kind: 'stock-differs', ours: 7, shopHas: 5, why: 'never-sent' } as const;
    const diagnosis: Diagnosis = {
      ...linked(differs),
      verdict: 'integrated',
      integration: makeIntegration(),
      stale: 'shop-paused',
    };
    expect(textOf(diagnosis, en).filter((line) => line.startsWith('Next'))).toEqual([
      'Next: Resume the shop when it should be read again.',
    ]);
    expect(textOf(linked(differs), en)).toContain('Next: Push: ours is sent.');
  });
});

describe('events', () => {
  const about = { at: morning, by: mette, productId: product.id } as const;

  test.each<[DomainEvent, string]>([
    [{ ...about, type: 'stock-pushed', ref, was: 4, quantity: 0, held: -3 }, 'sendt 0 (var 4; -3 holdt tilbage)'],
    [{ ...about, type: 'push-refused', shopId: shop.id, why: 'no-integration' }, 'ingen produktintegration, derfor'],
    [{ at: morning, by: mette, type: 'undone', undoes: 12, what: 'marked' }, 'Fortrudt: nr. 12'],
    [{ at: morning, by: mette, type: 'integration-created', integration: makeIntegration() }, 'koblet til'],
    [{ at: morning, by: mette, type: 'shop-changed', before: shop, shop: { ...shop, paused: true } }, 'sat på pause'],
    [
      {
        at: morning,
        by: mette,
        type: 'shop-changed',
        before: shop,
        shop: { ...shop, currency: 'SEK', timeZone: 'UTC' },
      },
      'rettet: valuta, tidszone',
    ],
    [
      {
        ...about,
        type: 'product-updated',
        from: ref,
        before: product.content,
        content: { ...product.content, price: { minor: 100, currency: 'DKK' }, imageUrl: 'https://x/y.png' },
      },
      ': nyt billede, ny pris',
    ],
  ])('%o', (event, said) => {
    expect(eventSentence(event, da)).toContain(said);
  });
});

test('an act of many figures tells apart what was written and what the shops had already', () => {
  const pushed = (seq: number, was: number): StoredEvent =>
    ({
      seq,
      type: 'stock-pushed',
      at: morning,
      by: mette,
      productId: product.id,
      ref,
      was,
      quantity: 5,
    }) as StoredEvent;
  const told = (...events: readonly [StoredEvent, ...StoredEvent[]]) => actLine({ events }, en).sentence;
  expect(told(pushed(1, 4), pushed(2, 3))).toBe('2 stock figures sent');
  expect(told(pushed(1, 4), pushed(2, 3), pushed(3, 5))).toBe('2 stock figures sent, 1 already right in the shop');
  expect(told(pushed(1, 5), pushed(2, 5))).toBe('2 already right in the shop');
});

test('a conflict names both contenders', () => {
  const conflict = {
    kind: 'shop-id-taken',
    ref,
    since: morning,
    holder: product.id,
    claimant: toProductId('p9'),
  } as const;
  const sentence = conflictSentence(conflict, en);
  expect(sentence).toContain(product.sku ?? '?');
  expect(sentence).toContain('p9');
});

describe('trouble', () => {
  test('with a shop: what happened, the missing permission, what to do', () => {
    const trouble = {
      kind: 'forbidden',
      detail: { shop: 'dk', doing: 'reading sales', permission: 'read_orders' },
    } as const;
    const lines = shopErrorLines(trouble, 'Dansk', wordsOf('en'));
    expect(lines.said).toBe('Dansk knows the key, but it lacks a permission.');
    expect(lines.details[0]).toBe('missing permission: read_orders');
    expect(lines.advice).toContain('No link was removed');
  });

  test('with a shop: what it was asked for is said in the language of the reader, or as it was named', () => {
    const asked = (doing: string) =>
      shopErrorLines({ kind: 'unreachable', detail: { shop: 'dk', doing } }, 'Dansk', wordsOf('da')).details.at(-1);
    expect(asked('reading products')).toBe('under hentning af produkter');
    expect(asked('reading dk.csv')).toBe('under reading dk.csv');
  });

  test('a page that is not there sends the reader to the address', () => {
    const trouble = { kind: 'refused', detail: { shop: 'dk', doing: 'x', status: 404 } } as const;
    expect(shopErrorLines(trouble, 'Dansk', wordsOf('en')).advice).toContain("must be the API's");
  });

  test('with the store: names the place', () => {
    const lines = storeErrorLines({ kind: 'damaged', place: 'a.jsonl, line 4', detail: 'x' }, wordsOf('da'));
    expect(lines.details).toContain('a.jsonl, line 4');
    expect(lines.advice).toContain('store restore');
  });

  test("with a shop's id: says which signs it may have", () => {
    const lines = refusalLines(
      { kind: 'bad-value', about: { field: 'id', value: 'dk b2b' }, problems: [] },
      wordsOf('en'),
    );
    expect(lines.said).toBe('A shop\'s id cannot be "dk b2b".');
    expect(lines.advice).toContain('letters a-z, digits, points, underscores and hyphens');
  });

  test('with a file: every bad line is named', () => {
    const problems = [{ line: 7, column: 'onHand', what: 'decimal-number', value: '3,5' }] as const;
    const lines = refusalLines({ kind: 'bad-import', about: {}, problems }, wordsOf('da'));
    expect(lines.said).toBe('1 linje kunne ikke læses, så intet er importeret.');
    expect(lines.details).toEqual(['linje 7, på lager: beholdning tælles i hele stykker: "3,5"']);
  });
});

describe('pushing', () => {
  const row: PushRow = {
    productId: product.id,
    shopId: shop.id,
    name: 'Sok',
    sku: 'SOK-1',
    onHand: 12,
    reserved: 2,
    available: 10,
    shopHad: 4,
    shopHadAt: morning,
    willBe: 10,
    guards: ['first-push', 'jump'],
    kind: 'send',
  };

  test('a row holds the whole sum, was with its age, will be, and what to mind', () => {
    expect(pushLine(row, da)).toMatchObject({
      sum: '12 - 2 = 10',
      was: '4 (3 min)',
      willBe: '10',
      remark: 'stor ændring, første afsendelse',
    });
  });

  test('what the link rests on is said once, and first; a sign stands where the shop does not count', () => {
    const byEan: PushRow = { ...row, guards: ['first-push', 'by-gtin'], linkedBy: 'gtin', shopSku: 'B-7' };
    expect(pushLine(byEan, en).remark).toBe('by EAN alone; the shop calls it B-7, first push');
    const uncounted: PushRow = { ...row, kind: 'skip', why: 'not-tracked-in-shop', guards: [] };
    expect(pushLine(uncounted, en).was).toBe('∞');
    const cellOf = (narrow: boolean) =>
      pushColumns(en, new Map(), { narrow })
        .find(({ id }) => id === 'remark')
        ?.text(uncounted);
    expect([cellOf(true), cellOf(false)]).toEqual(['not counted', 'the shop does not count stock for it']);
  });

  test('a plan counts up what has to be said by number; a zero that hides is a zero', () => {
    const hides: PushRow = { ...row, willBe: 0, guards: ['zero-hides'] };
    const skipped: PushRow = { ...row, kind: 'skip', why: 'unchanged', guards: [] };
    expect(pushSummary([row, hides, skipped])).toEqual({
      send: 2,
      unchanged: 1,
      skipped: 0,
      asks: { zeroes: 1, jumps: 1, firsts: 1, negatives: 0, changed: 0 },
    });
  });
});

test('counts of a reading leave noughts out and count one as one', () => {
  expect(runCountsLine({ ...noCounts, seen: 1200, conflicts: 1 }, wordsOf('en'))).toBe('1,200 read, 1 conflict');
});

test.each([
  ['en', 'Undone: no. 27 (link made)'],
  ['da', 'Fortrudt: nr. 27 (kobling lavet)'],
] as const)('what was undone is told in words (%s)', (language, expected) => {
  const words = wordsOf(language);
  const format = formatContext({ ...base, words });
  const undone = { type: 'undone', undoes: 27, at: morning, by: mette } as const;
  expect(eventSentence({ ...undone, what: 'integration-created' }, format)).toBe(expected);
  const types = Object.keys(words.domain.eventType);
  expect(
    types.map((what) => eventSentence({ ...undone, what }, format)).filter((said) => /\w+-\w+/.test(said)),
  ).toEqual([]);
});

test.each<[string, Parameters<typeof makeRun>[0], string]>([
  ['that brought nothing but good news', { status: 'finished', outcome: 'changed' }, 'good'],
  ['that was interrupted', { status: 'interrupted' }, 'waiting'],
  ['that stopped to ask', { status: 'finished', outcome: 'stopped-by-guard' }, 'waiting'],
  ['that lost links', { status: 'finished', outcome: 'changed', counts: { ...noCounts, unlinked: 25 } }, 'waiting'],
  [
    'that found a conflict',
    { status: 'finished', outcome: 'changed', counts: { ...noCounts, conflicts: 1 } },
    'waiting',
  ],
  ['that the shop refused', { status: 'finished', outcome: 'refused' }, 'wrong'],
])('the end of a sync %s is told in its tone', (_, run, tone) => {
  expect(runTone(makeRun(run))).toBe(tone);
});
