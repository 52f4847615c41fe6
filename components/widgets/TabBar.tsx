import { Box, Text } from 'ink';
import { widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useClick } from '../keyboard/use-click.ts';
import { useKeys } from '../keyboard/use-keys.ts';

/** Cells before the first one. */
const margin = 2;

type TabBarProps = {
  readonly labels: readonly string[];
  readonly at: number;
  /** How many stand behind each, where that is known. */
  readonly counts?: readonly (string | undefined)[];
  /** Told which one was clicked. */
  readonly onChoose?: (index: number) => void;
};

/** Names in a row, one of them chosen: by a marker, not by colour alone. */
export function TabBar({ labels, at, counts = [], onChoose }: TabBarProps) {
  const { theme } = useApp();
  const ends = labels.map((_, index) =>
    labels
      .slice(0, index + 1)
      .reduce(
        (sum, label, one) => sum + widthOf(label) + 2 + (counts[one] === undefined ? 0 : widthOf(counts[one]) + 1),
        margin,
      ),
  );
  const click = useClick(({ column }) => {
    const index = column < margin ? -1 : ends.findIndex((end) => column < end);
    if (index >= 0) onChoose?.(index);
    return index >= 0;
  });
  useKeys({ level: 'screen', actions: {}, handleClick: click.handleClick });
  return (
    <Box ref={click.ref} height={1}>
      <Text wrap="truncate">
        {' '.repeat(margin)}
        {labels.map((label, index) => (
          <Text key={label} {...(index === at ? theme.cursorRow : {})}>
            {index === at ? theme.sign.cursor : ' '}
            {label}
            {counts[index] === undefined ? ' ' : ` ${counts[index]} `}
          </Text>
        ))}
      </Text>
    </Box>
  );
}
