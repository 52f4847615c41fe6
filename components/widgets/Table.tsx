import { Box, Text } from 'ink';
import { memo, useMemo } from 'react';
import type { ListState } from '../../src/views/list/list-state.ts';
import { type Column, layoutColumns, rowPieces, type Sort, titleLine } from '../../src/views/list/table.ts';
import { padRight } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { useApp } from '../context/app-context.ts';
import { useClick } from '../keyboard/use-click.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useChangedCells } from '../list/use-changed-cells.ts';
import type { Theme } from '../terminal/theme.ts';

/** Cells before the first column: the cursor's marker and the mark. */
const gutter = 3;
/** Lines of titles above the rows. */
const titleHeight = 1;

type TableProps<Row> = {
  readonly columns: readonly Column<Row>[];
  /** The loaded rows, in the order of the list's ids. */
  readonly rows: readonly Row[];
  readonly list: ListState;
  readonly width: number;
  readonly sort?: Sort;
  /** Words that were looked for: they stand out where they were found. */
  readonly highlight?: readonly string[];
  /** Moves the cursor so many rows: a click on a row goes there, and one on the row with the cursor opens it. */
  readonly onMove?: (by: number) => void;
  /** Names the question that the rows answer. */
  readonly queryKey: string;
};

/** The pieces of a row, and all of them as one text. */
type RenderedRow = { readonly pieces: readonly Piece[]; readonly rowKey: string };
const renderedRow = (pieces: readonly Piece[]): RenderedRow => ({
  pieces,
  rowKey: pieces.map((piece) => `${piece.tone ?? ''}\u001f${piece.text}`).join('\u001e'),
});
const none: readonly string[] = [];
const unread = renderedRow([{ text: '…', tone: 'quiet' }]);

/** Rows under titles; only the visible ones are drawn, one text each. The list's height leaves one line for the titles. */
export function Table<Row>({ columns, rows, list, width, sort, queryKey, onMove, highlight = none }: TableProps<Row>) {
  const { theme, keys } = useApp();
  const click = useClick(({ row }) => {
    const by = list.top + row - titleHeight - list.index;
    if (onMove === undefined || row < titleHeight || list.index + by >= list.total) return false;
    if (by === 0) keys.press({ kind: 'key', name: 'enter' });
    else onMove(by);
    return true;
  });
  useKeys({ level: 'screen', actions: {}, handleClick: click.handleClick });
  const placed = useMemo(() => layoutColumns(columns, rows, width - gutter), [columns, rows, width]);
  const titles = titleLine(placed, sort, [theme.sign.up, theme.sign.down]);
  // A row says the same until its columns change, so a cursor that moves works nothing out anew.
  const piecesOf = useMemo(() => {
    const known = new Map<Row, RenderedRow>();
    return (row: Row): RenderedRow => {
      const rendered = known.get(row) ?? renderedRow(rowPieces(placed, row, { highlight }));
      known.set(row, rendered);
      return rendered;
    };
  }, [placed, highlight]);
  const changed = useChangedCells({ columns, rows, list, queryKey });
  const drawn = Array.from({ length: Math.min(list.height, list.total - list.top) }, (_, line) => list.top + line);
  return (
    <Box flexDirection="column" ref={click.ref}>
      <Text wrap="truncate" {...theme.look('quiet')}>
        {' '.repeat(gutter)}
        {titles}
      </Text>
      {drawn.map((index) => {
        const row = rows[index - list.offset];
        const id = list.ids[index - list.offset] ?? '';
        const news = changed.get(id);
        const { pieces, rowKey } =
          row === undefined
            ? unread
            : news === undefined
              ? piecesOf(row)
              : renderedRow(rowPieces(placed, row, { changed: news, highlight }));
        return (
          <TableRow
            key={index - list.top}
            theme={theme}
            pieces={pieces}
            rowKey={rowKey}
            here={index === list.index}
            marked={list.marks.has(id)}
            width={width - gutter}
          />
        );
      })}
    </Box>
  );
}

type TableRowProps = {
  readonly theme: Theme;
  readonly pieces: readonly Piece[];
  /** What is drawn, as one text: a row is drawn again only when it says something else. */
  readonly rowKey: string;
  readonly here: boolean;
  readonly marked: boolean;
  /** Cells of the row after the marks: the bar under the cursor is as long as the table. */
  readonly width: number;
};

const TableRow = memo(
  function TableRow({ theme, pieces, here, marked, width }: TableRowProps) {
    const mark = marked ? theme.sign.mark : ' ';
    if (here) {
      return (
        <Text wrap="truncate">
          <Text {...theme.look('accent')}>{theme.sign.cursor}</Text>
          <Text {...theme.cursorRow}>
            {mark} {padRight(theme.plain(pieces.map((piece) => piece.text).join('')), width)}
          </Text>
        </Text>
      );
    }
    return (
      <Text wrap="truncate">
        {' '}
        {marked ? <Text {...theme.look('accent')}>{mark}</Text> : mark}{' '}
        {pieces.map((piece, index) => (
          <Toned key={index} theme={theme} piece={piece} />
        ))}
      </Text>
    );
  },
  (a, b) =>
    a.rowKey === b.rowKey && a.here === b.here && a.marked === b.marked && a.width === b.width && a.theme === b.theme,
);

/** A piece in its tone; the blanks behind it stay plain, which spares a slow link some bytes. */
function Toned({ theme, piece }: { readonly theme: Theme; readonly piece: Piece }) {
  const text = theme.plain(piece.text);
  return piece.tone === undefined || text.trim() === '' ? text : <Text {...theme.look(piece.tone)}>{text}</Text>;
}
