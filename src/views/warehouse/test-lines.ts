import type { WarehouseTest } from '../../services/warehouse/warehouse-service.ts';
import { screenShopErrorLines } from '../errors/screen-advice.ts';
import { number } from '../format/numbers.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { brokenRowLines } from './broken-row.ts';

/** What a test of the warehouse found: the first products, so that one sees whether it is the right place; or what is wrong. */
export function testedLines(
  result: WarehouseTest,
  words: Words,
  troubleLines = screenShopErrorLines,
): readonly Piece[] {
  const say = words.warehouse;
  if (!result.ok) {
    const { said, advice } = troubleLines(result.trouble, say.name, words);
    return [{ text: `✗ ${said}`, tone: 'wrong' }, { text: advice }];
  }
  const { name, sample, broken, notes, firstLines = [] } = result.report;
  return [
    { text: `✓ ${say.connected(name ?? say.name)}`, tone: 'good' },
    ...notes.map((note): Piece => ({ text: `! ${say.label(note)}`, tone: 'waiting' })),
    ...brokenRowLines(broken, words, 5).map((text): Piece => ({ text, tone: 'waiting' })),
    ...firstLines.map((text): Piece => ({ text: `  ${text}`, tone: 'quiet' })),
    { text: sample.length === 0 ? say.noProducts : say.sample, tone: 'strong' },
    ...sample.map(({ sku, key, name: called, level }): Piece => {
      const figure = level === undefined ? '?' : number(level.available, words);
      return { text: `  ${sku ?? key}  ${called ?? ''}  ${words.domain.availableFigure(figure)}` };
    }),
  ];
}
