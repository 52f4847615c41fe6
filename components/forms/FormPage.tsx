import { Box, Text } from 'ink';
import { useApp } from '../context/app-context.ts';
import { type TextLineProps, TextLines } from '../widgets/TextLine.tsx';
import { FormLines } from './FormLines.tsx';
import type { Form } from './use-form.ts';

type FormPageProps = {
  readonly title: string;
  readonly form: Form;
  /** What stands under the lines: about the line one is on, what a test found. */
  readonly notes: readonly TextLineProps['pieces'][];
  /** Lines that are kept for the notes, where there are so many; the form's own scroll. */
  readonly noteRows: number;
};

const fewestRows = 4;

/** A form under its title, and beneath it what it has to say. */
export function FormPage({ title, form, notes, noteRows }: FormPageProps) {
  const { theme, viewport } = useApp();
  const room = viewport.rows - 2 - Math.min(noteRows, notes.length);
  const rows = Math.max(fewestRows, Math.min(form.lines.length + 1, room));
  return (
    <Box flexDirection="column" paddingLeft={3}>
      <Text {...theme.look('strong')}>{title}</Text>
      <FormLines form={form} rows={rows} columns={viewport.columns - 4} />
      <Text> </Text>
      <Box flexDirection="column" paddingLeft={2}>
        <TextLines lines={notes} rows={Math.max(1, viewport.rows - rows - 2)} />
      </Box>
    </Box>
  );
}
