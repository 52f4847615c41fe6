import { Box, Text } from 'ink';
import { widthOf } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { useApp } from '../context/app-context.ts';
import type { Filter } from '../list/use-filter.ts';
import { TextField } from './TextField.tsx';
import { TextLine } from './TextLine.tsx';

type FilterBarProps = {
  readonly head: readonly Piece[];
  readonly label: string;
  readonly filter: Filter;
  /** The fields that a condition may name, as they are typed; said while nothing is typed yet. */
  readonly fields?: string;
  /** What Tab would make of the last word. */
  readonly completions?: readonly string[];
  readonly count: string;
  readonly width: number;
};

/** What the list is about, the filter while there is one, and always how many of how many. */
export function FilterBar({ head, label, filter, fields = '', completions = [], count, width }: FilterBarProps) {
  const { theme, words } = useApp();
  const shown = filter.open || filter.text !== '';
  return (
    <Box height={1} width="100%" paddingLeft={3} paddingRight={1}>
      <Box flexGrow={1} flexShrink={1}>
        {shown ? (
          <Text wrap="truncate">
            <Text {...theme.look('accent')}>{label} </Text>
            <TextField
              field={filter.line.field}
              focused={filter.open}
              empty={fields === '' ? '' : words.screen.filterHint(fields)}
              width={width - widthOf(label) - widthOf(count) - 10}
            />
            {completions.length === 0 ? undefined : (
              <Text {...theme.look('quiet')}>{`   Tab: ${completions.join(' ')}`}</Text>
            )}
          </Text>
        ) : (
          <TextLine pieces={head} />
        )}
      </Box>
      <Box flexShrink={0}>
        <Text {...theme.look('quiet')}>{`  ${theme.plain(count)}`}</Text>
      </Box>
    </Box>
  );
}
