import type { ConnectionTest } from '../../services/shops/shop-service.ts';
import { screenShopErrorLines } from '../errors/screen-advice.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { permissionLine, warningSentence } from './shop-lines.ts';

/** One line of what a test found: its sign, so that it holds without colour, and how it is meant. */
export type TestLine = { readonly text: string; readonly tone?: Tone };

/**
 * What a test of the connection found, one line each: what the key can, and what it cannot. Where no keys are at hand
 * trouble is told as `troubleLines` does.
 */
export function testLines(
  result: ConnectionTest,
  shop: string,
  words: Words,
  troubleLines = screenShopErrorLines,
): readonly TestLine[] {
  if (!result.ok) {
    const lines = troubleLines(result.trouble, shop, words);
    return [
      { text: `✗ ${lines.said}`, tone: 'wrong' },
      // What to do before what was said: a small window ends somewhere in the latter.
      { text: `  ${lines.advice}` },
      ...lines.details.map((text) => ({ text: `  ${text}`, tone: 'quiet' as const })),
    ];
  }
  const { report } = result;
  return [
    { text: `✓ ${words.screen.testGood(report.shopName ?? report.identity, String(result.tookMs))}`, tone: 'good' },
    ...report.permissions.map((one): TestLine => {
      const text = permissionLine(one, words);
      if (one.granted === undefined) return { text: `○ ${text}`, tone: 'quiet' };
      if (one.granted) return { text: `✓ ${text}`, tone: 'good' };
      return one.needed ? { text: `✗ ${text}`, tone: 'wrong' } : { text: `◐ ${text}`, tone: 'waiting' };
    }),
    ...report.warnings.map((one): TestLine => ({ text: `◐ ${warningSentence(one, words)}`, tone: 'waiting' })),
  ];
}

/** What is said of a test in one sentence, and how it is meant: a key that lacks a right it needs is not as it should be. */
export function testOutcome(result: ConnectionTest, shop: string, words: Words): TestLine {
  if (!result.ok) return { text: words.screen.testBad(shop), tone: 'wrong' };
  const lacking = result.report.permissions.filter((one) => one.needed && one.granted === false).length;
  if (lacking > 0) return { text: words.screen.testLacks(shop, String(lacking)), tone: 'waiting' };
  return { text: words.screen.testGood(shop, String(result.tookMs)), tone: 'good' };
}
