import { Text } from 'ink';
import { useApp } from '../context/app-context.ts';

type TabBarProps = {
  readonly labels: readonly string[];
  readonly at: number;
  /** How many stand behind each, where that is known. */
  readonly counts?: readonly (string | undefined)[];
};

/** Names in a row, one of them chosen: by a marker, not by colour alone. */
export function TabBar({ labels, at, counts = [] }: TabBarProps) {
  const { theme } = useApp();
  return (
    <Text wrap="truncate">
      {'  '}
      {labels.map((label, index) => (
        <Text key={label} {...(index === at ? theme.cursorRow : {})}>
          {index === at ? theme.sign.cursor : ' '}
          {label}
          {counts[index] === undefined ? ' ' : ` ${counts[index]} `}
        </Text>
      ))}
    </Text>
  );
}
