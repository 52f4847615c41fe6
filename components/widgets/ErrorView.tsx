import { Box, Text } from 'ink';
import { anyErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { useApp } from '../context/app-context.ts';

/** What went wrong, in words, and what to do about it. */
export function ErrorView({ error }: { readonly error: unknown }) {
  const { theme, words, formatFor } = useApp();
  const lines = anyErrorLines(error, formatFor());
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
