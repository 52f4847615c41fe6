import type { WarehouseWord } from '../../services/diagnosis/diagnosis-service.ts';
import { number } from '../format/numbers.ts';
import type { Words } from '../words/words.ts';

/** What the warehouse said when it was asked just now: its figure, or why there is none. */
export function warehouseWord(word: WarehouseWord | undefined, words: Words): string {
  if (word === undefined) return words.warehouse.own;
  if (word.kind === 'not-there') return words.warehouse.notThere;
  if (word.kind === 'shared') return words.warehouse.twoThere;
  if (word.kind === 'unreachable') return words.warehouse.unreachable;
  return word.figure === undefined ? '?' : number(word.figure, words);
}
