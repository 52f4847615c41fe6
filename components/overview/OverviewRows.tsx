import { Box, Text } from 'ink';
import type { FirstPageRow } from '../../src/views/overview/first-page-row.ts';
import { padRight } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useClick } from '../keyboard/use-click.ts';
import { useKeys } from '../keyboard/use-keys.ts';

/** The title of a part, and beside it how much there is of it. */
export function OverviewTitle({ text = '', note = '' }: { readonly text?: string; readonly note?: string }) {
  const { theme } = useApp();
  return (
    <Text wrap="truncate">
      {'   '}
      <Text {...theme.look('strong')}>{text}</Text>
      <Text {...theme.look('quiet')}>{theme.plain(text === '' ? note : `  ${note}`)}</Text>
    </Text>
  );
}

type OverviewRowsProps = {
  readonly rows: readonly FirstPageRow[];
  readonly cursor?: string;
  readonly width: number;
  /** Told which row was clicked. */
  readonly onRow: (id: string) => void;
  /** What is said where there are no rows. */
  readonly empty?: string;
};

/** Rows of the first page, the one under the cursor as a bar. */
export function OverviewRows({ rows, cursor, width, onRow, empty = '' }: OverviewRowsProps) {
  const { theme } = useApp();
  const click = useClick(({ row }) => {
    const clicked = rows[row];
    if (clicked !== undefined) onRow(clicked.id);
    return clicked !== undefined;
  });
  useKeys({ level: 'screen', actions: {}, handleClick: click.handleClick });
  if (rows.length === 0 && empty !== '')
    return <Text wrap="truncate" {...theme.look('quiet')}>{`   ${theme.plain(empty)}`}</Text>;
  const drawn = rows.map(({ id, pieces }) =>
    id === cursor ? (
      <Text key={id} wrap="truncate">
        <Text {...theme.look('accent')}>{theme.sign.cursor}</Text>
        {'  '}
        <Text {...theme.cursorRow}>{padRight(theme.plain(pieces.map(({ text }) => text).join('')), width)}</Text>
      </Text>
    ) : (
      <Text key={id} wrap="truncate">
        {'   '}
        {pieces.map((piece, index) => (
          <Text key={index} {...theme.look(piece.tone)}>
            {theme.plain(piece.text)}
          </Text>
        ))}
      </Text>
    ),
  );
  return (
    <Box flexDirection="column" ref={click.ref}>
      {drawn}
    </Box>
  );
}
