import { tokenize } from '@alcalzone/ansi-tokenize';
import { rolldown } from 'rolldown';
import stringWidth from 'string-width';
import { expect, test, vi } from 'vitest';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { memoizeInk } = await import(new URL('../../../bin/memoize-ink.js', import.meta.url).href);

const entry = '\0entry';
const ours = `
export { default as stringWidth } from 'string-width';
export { styledCharsFromTokens, styledCharsToString, tokenize } from '@alcalzone/ansi-tokenize';
`;

test('what Ink measures with answers the same from memory, the first time and the second', async () => {
  const bundle = await rolldown({
    input: 'entry',
    platform: 'node',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? entry : undefined),
        load: (id) => (id === entry ? ours : undefined),
      },
      memoizeInk,
    ],
  });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const built = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  const texts = ['', 'Regnjakke blå', '日本', '\u001b[31mrød\u001b[39m', '👩‍👩‍👧', 'Skovstøvle\nGrøn'];
  for (const text of [...texts, ...texts]) {
    expect(built.stringWidth(text)).toBe(stringWidth(text));
    expect(built.tokenize(text)).toEqual(tokenize(text));
    expect(built.tokenize(text, 1)).toEqual(tokenize(text, 1));
    const styled = built.styledCharsFromTokens(built.tokenize(text));
    expect(built.styledCharsFromTokens(built.tokenize(text))).toBe(styled);
  }
  expect(built.stringWidth('\u001b[31mx', { countAnsiEscapeCodes: true })).toBe(5);
});
