import { Text } from 'ink';
import { useDesk } from '../use-desk.ts';

/** Names in a row, one of them chosen: by a marker, not by colour alone. */
export function Tabs({ labels, at }: { readonly labels: readonly string[]; readonly at: number }) {
  const { theme } = useDesk();
  return (
    <Text wrap="truncate">
      {'  '}
      {labels.map((label, index) => (
        <Text key={label} {...(index === at ? theme.cursorRow : theme.look('quiet'))}>
          {index === at ? `${theme.sign.cursor}${label} ` : ` ${label} `}
        </Text>
      ))}
    </Text>
  );
}
