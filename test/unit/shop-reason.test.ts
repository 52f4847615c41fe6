import { describe, expect, it } from 'vitest';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { keptTroubleLines } from '../../src/views/errors/screen-advice.ts';
import { quotedReason, shopReason } from '../../src/views/errors/shop-reason.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { sources } from '../house/source.ts';

const [en, da] = [wordsOf('en'), wordsOf('da')];

/** Texts that the adapters give as what was said, and that are theirs: whole sentences, not what a shop's parts are put into. */
const ownTexts = sources
  .filter(({ path }) => /^src\/(connectors|warehouses|services)\//.test(path))
  .flatMap(({ text }) => [
    ...text.matchAll(
      /(?:\b(?:said|found)(?:: | =\s+|: [\w.]+ === (?:undefined|'\w+') \? )|\brefused\('[\w-]+', (?:[\w.()]+ \? )?|\b(?:stuck|unreadable)\((?:api, )?|new ProxyError\(|\bfail\()(?:'([^']+)'|`([^`]+)`|"([^"]+)")/g,
    ),
  ])
  .map((found) => (found[1] ?? found[2] ?? found[3] ?? '').replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '7'))
  // A field of the platform's with its value, and words of a shop with their place: they are quoted.
  .filter(
    (text) =>
      text.includes(' ') &&
      !/^(\w+: [\w, ]+|AutoStock 0|manage_stock false|reading the product of a variation|[^a-z]*)$/.test(text),
  );

describe('what an adapter says of itself', () => {
  it('is told in the language of who reads it', () => {
    expect(ownTexts.length).toBeGreaterThan(60);
    const untold = ownTexts.filter((text) => shopReason(text, da) === undefined);
    expect([...new Set(untold)]).toEqual([]);
  });

  it.each([
    [
      'a page came instead of the shop\'s answer: "Log ind"',
      'der kom en webside i stedet for shoppens svar: "Log ind"',
      'a page came instead of the shop\'s answer: "Log ind"',
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate; for a CA of your own, name its file with --ca',
      'dens certifikat er fra en CA, som maskinen ikke kender, eller shoppen udelader et led i kæden (UNABLE_TO_VERIFY_LEAF_SIGNATURE); er det jeres egen CA, så angiv dens fil med --ca',
      'its certificate comes from a CA that this machine does not know, or the shop leaves a part of the chain away (UNABLE_TO_VERIFY_LEAF_SIGNATURE); for a CA of your own, name its file with --ca',
    ],
    ['connect ECONNREFUSED 127.0.0.1:9', 'der er intet, der svarer på adressen (ECONNREFUSED)', undefined],
    ['socket hang up', 'forbindelsen blev afbrudt (ECONNRESET)', undefined],
    ["Timeout awaiting 'request' for 15000ms", 'det tog for lang tid (request: 15000 ms)', undefined],
    [
      'dk: unreachable while reading products (HTTP 503)',
      'svarer ikke, under hentning af produkter, HTTP 503',
      'no answer, while reading products, HTTP 503',
    ],
    ['availableStock is "2.5"', 'availableStock er "2.5"', undefined],
    ['is "a few", not a whole number', 'er "a few", ikke et helt tal', undefined],
  ])('%s', (said, danish, english) => {
    expect(shopReason(said, da)).toBe(danish);
    if (english !== undefined) expect(shopReason(said, en)).toBe(english);
  });

  it.each([
    'Varen er låst af $& en anden',
    'Unavailable Shop',
    'ACCESS_DENIED: no',
    'price is high',
    'the shop',
  ])('is told apart from what a shop says: %s', (said) => {
    expect(shopReason(said, da)).toBeUndefined();
    expect(quotedReason({ said }, da)).toBe(`"${said}"`);
  });

  it('keeps what stands in it as it is, also where that reads like a blank or a sign of ours', () => {
    expect(shopReason('it calls itself $1 {} $&', da)).toBe('den kalder sig $1 {} $&');
  });
});

describe('what is wrong where one kind of trouble has several causes', () => {
  it.each([
    ['unreachable', 'own-error', 'DK answers with an error of its own.'],
    ['unreachable', undefined, 'DK does not answer.'],
    ['moved', 'sent-to-people', 'DK sends us to a page for people instead of answering.'],
    ['moved', undefined, 'DK has moved to another address.'],
    ['refused', 'host-password', 'A password stands before DK.'],
    ['refused', undefined, 'DK refused what was asked.'],
    ['refused', 'closed-by-platform', 'DK is closed by Shopify.'],
    ['unintelligible', 'program-fault', 'The program itself failed while it spoke with DK.'],
  ] as const)('%s, %s: %s', (kind, reason, line) => {
    // What was said decides nothing, also where a shop writes what we would.
    const said = "a firewall's page (x) came instead of the shop's answer";
    const detail = { shop: 'dk', doing: 'fetching', said, saidBy: 'shop', reason } as const;
    const told = shopErrorLines({ kind, detail }, 'DK', en);
    expect(told.said).toBe(line);
    expect(told.details[0]).toBe(`the shop says: "${said}"`);
    expect(keptTroubleLines({ kind, reason }, 'DK', en)?.said).toBe(line);
  });

  it('tells our own words in the language of the reader, quotes the words of the shop, and reads older records', () => {
    const ours = 'the list never ends';
    expect(quotedReason({ said: ours, saidBy: 'us' }, da)).toBe('listen slutter aldrig');
    expect(quotedReason({ said: ours, saidBy: 'shop' }, da)).toBe(`"${ours}"`);
    expect(quotedReason({ said: ours }, da)).toBe('listen slutter aldrig');
    expect(quotedReason({ said: 'no words for it', saidBy: 'us' }, da)).toBe('no words for it');
  });
});
