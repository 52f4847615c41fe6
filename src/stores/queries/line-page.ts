import type { LineCounts, LinePage, LineQuery } from '../../ports/store-questions.ts';
import type { Line } from '../lines/place-lines.ts';
import { fitsFilter, isShown, noLines, toShopLine } from '../lines/shown-line.ts';
import { foldText } from '../search/fold.ts';
import { lineMarks, makeShopList, type ShopList } from './shop-list.ts';

/** The list of a shop that is not there. */
export const noList: ShopList = makeShopList([]);

/** A page of a shop's list, found by the counts of its pieces; searched for a text, line by line. */
export function linePage({ lines, hidden }: ShopList, query: LineQuery): LinePage {
  const { filter, text = '', at, offset, limit } = query;
  const counts = countLines({ lines, hidden }, at);
  const wanted = foldText(text.trim());
  const passes = (line: Line): boolean => fitsFilter(line, filter) && isShown(line, at);
  if (wanted !== '') {
    const fit: Line[] = [];
    for (const line of lines.from()) if (line.text.includes(wanted) && passes(line)) fit.push(line);
    return { lines: fit.slice(offset, offset + limit).map(toShopLine), total: fit.length, counts };
  }
  const found: Line[] = [];
  const from = lines.marked(lineMarks[filter], { after: offset, doubtful: lineMarks.doubtful, passes });
  for (const line of from) {
    if (found.length >= limit) break;
    found.push(line);
  }
  return { lines: found.map(toShopLine), total: counts[filter], counts };
}

/** How many lines of each kind there are. Those that were hidden until now are counted when they are asked for. */
export function countLines({ lines, hidden }: Pick<ShopList, 'lines' | 'hidden'>, at: string): LineCounts {
  const counts = { ...noLines };
  for (const filter of ['all', 'linked', 'missing', 'conflict', 'stock-differs'] as const)
    counts[filter] = lines.count(lineMarks[filter]);
  for (const line of hidden) {
    if (!isShown(line, at)) continue;
    counts.all += 1;
    counts[line.state] += 1;
    if (line.differs) counts['stock-differs'] += 1;
  }
  return counts;
}
