import { Box, Text } from 'ink';
import { anyTroubleLines } from '../../src/views/happenings/any-trouble.ts';
import { useDesk } from '../desk/use-desk.ts';

/** What went wrong, in words, and what to do about it. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { theme, words, telling } = useDesk();
  const lines = anyTroubleLines(error, telling());
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Text {...theme.look('wrong')}>
        {theme.plain('✗')} {lines.said}
      </Text>
      {lines.details.map((detail) => (
        <Text key={detail}>{`  ${theme.plain(detail)}`}</Text>
      ))}
      <Text {...theme.look('quiet')}>{`  ${words.screen.todo(lines.advice)}`}</Text>
    </Box>
  );
}
