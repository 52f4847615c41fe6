import { Alert } from '@inkjs/ui';
import { Box, Text } from 'ink';
import { screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { readable } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';

/** What went wrong, in words, and what to do about it. */
export function ErrorView({ error }: { readonly error: unknown }) {
  const { theme, words, formatFor, viewport } = useApp();
  const lines = screenErrorLines(error, formatFor());
  return (
    <Box paddingX={3} paddingTop={1} width={Math.min(viewport.columns, readable)}>
      <Alert variant="error" title={theme.plain(lines.said)}>
        {lines.details.map((detail) => `${theme.plain(detail)}\n`)}
        <Text {...theme.look('quiet')}>{theme.plain(words.screen.todo(lines.advice))}</Text>
      </Alert>
    </Box>
  );
}
