import type { FormatContext } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import { clean, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { ContentRow } from './content-compare.ts';

/** What the other shops describe the product with, for the rows beneath; as many lines as those hold. */
export function otherDescriptions(
  here: ContentRow,
  contents: readonly ContentRow[],
  { words }: FormatContext,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly (readonly Piece[])[] {
  const lines = contents.flatMap(({ id, place, content }) => {
    const text = clean(content?.description ?? '');
    if (id === here.id || place === undefined || text === '') return [];
    return wrap(text, Math.max(20, width - 14)).map((part, index): readonly Piece[] => [
      { text: (index === 0 ? shopCode(place.shop.id) : '').padEnd(14), tone: 'quiet' },
      { text: part },
    ]);
  });
  if (lines.length === 0 || rows < 4) return [];
  const title: readonly Piece[] = [{ text: words.content.otherDescriptions, tone: 'strong' }];
  return [[{ text: '' }], title, ...lines].slice(0, rows);
}
