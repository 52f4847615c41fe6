import { expect, test, vi } from 'vitest';
import { makeRandom } from '../../../src/demo/seeded-random.ts';
import { edge, makeCorpus } from '../../../src/stores/search/corpus.ts';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const seed = 20261125;
const random = makeRandom(seed);
const letters = [...'aabcdeg0112345-. øæ%'];
const word = (maxBytes: number): string =>
  Array.from({ length: random.below(maxBytes + 1) }, () => random.pick(letters)).join('');
const texts = Array.from({ length: 3000 }, () => Array.from({ length: 1 + random.below(3) }, () => word(14)));

const found = (...wanted: readonly string[]): readonly number[] => {
  const hits: number[] = [];
  makeCorpusOnce().find(wanted, (entry) => {
    hits.push(entry);
    return 'go-on';
  });
  return hits;
};
let corpus: ReturnType<typeof makeCorpus> | undefined;
const makeCorpusOnce = () => {
  corpus ??= makeCorpus(texts, texts.length);
  return corpus;
};
const holding = (matchesQuery: (part: string) => boolean): readonly number[] =>
  texts.flatMap((parts, place) => (parts.some(matchesQuery) ? [place] : []));

test('every text that holds what is asked for is found once, in order, and no other', () => {
  const pieces = Array.from({ length: 300 }, () => {
    const part = random.pick(random.pick(texts));
    const from = random.below(part.length + 1);
    return part.slice(from, from + 1 + random.below(6));
  });
  for (const needle of [...pieces, ...Array.from({ length: 100 }, () => word(5)), 'q', 'zz', '%%%%'].filter(Boolean)) {
    const what = `seed ${seed}: "${needle}"`;
    expect(found(needle), what).toEqual(holding((part) => part.includes(needle)));
    expect(found(edge + needle), what).toEqual(holding((part) => part.startsWith(needle)));
    expect(found(edge + needle + edge), what).toEqual(holding((part) => part === needle));
  }
});

test('of several things that are wanted a text must hold each, in whatever part', () => {
  for (let round = 0; round < 200; round += 1) {
    const wanted = [word(3), word(2), word(2)].filter((text) => text !== '');
    const holds = (parts: readonly string[]) => wanted.every((text) => parts.some((part) => part.includes(text)));
    const expected = texts.flatMap((parts, place) => (wanted.length > 0 && holds(parts) ? [place] : []));
    expect(found(...wanted), `seed ${seed}: ${JSON.stringify(wanted)}`).toEqual(expected);
  }
});

test('whoever has enough is asked no more, and an empty corpus holds nothing', () => {
  let asked = 0;
  makeCorpusOnce().find(['a'], () => {
    asked += 1;
    return 'stop';
  });
  expect(asked).toBe(1);
  makeCorpus([], 0).find(['a'], () => {
    throw new Error('nothing is there');
  });
});
