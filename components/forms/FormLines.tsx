import { Text } from 'ink';
import { textOf } from '../../src/views/keyboard/text-input.ts';
import { cut, padRight, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { TextField } from '../widgets/TextField.tsx';
import type { Form } from './use-form.ts';

/** The share of the window that the names of the lines may take: platforms name their options, and people their shops, at length. */
const maxLabelShare = 0.45;

type FormLinesProps = { readonly form: Form; readonly rows: number; readonly columns: number };

/** The lines of a form, as many as there is room for, around the one with the cursor; and its buttons. */
export function FormLines({ form, rows, columns }: FormLinesProps) {
  const { theme } = useApp();
  const { lines, at, buttons } = form;
  const wide =
    Math.min(Math.max(24, Math.floor(columns * maxLabelShare)), Math.max(...lines.map(({ label }) => widthOf(label)))) +
    2;
  const height = Math.max(1, Math.min(lines.length, rows - 1));
  const top = Math.max(0, Math.min(at - height + 2, lines.length - height));
  return (
    <>
      {lines.slice(top, top + height).map((line, index) => {
        const here = top + index === at;
        const field = form.fieldOf(line.id);
        const chosen = line.choices?.find(({ value }) => value === (textOf(field) || (line.usual ?? '')));
        return (
          <Text key={line.id} wrap="truncate">
            <Text {...theme.look('accent')}>{here ? `${theme.sign.cursor} ` : '  '}</Text>
            <Text {...theme.look(here ? 'strong' : 'quiet')}>{padRight(cut(line.label, wide - 2), wide)}</Text>
            {line.choices === undefined ? (
              <TextField
                field={field}
                focused={here}
                hidden={line.hidden}
                width={columns - wide - 4}
                empty={line.hint}
              />
            ) : (
              <Text {...theme.look(chosen === undefined ? 'quiet' : undefined)}>
                {chosen === undefined || chosen.label === '' ? line.hint : theme.plain(chosen.label)}
                {here && chosen !== undefined ? <Text {...theme.look('accent')}>{theme.plain('  ←→')}</Text> : ''}
              </Text>
            )}
          </Text>
        );
      })}
      {rows > height + 4 ? <Text> </Text> : undefined}
      <Text wrap="truncate">
        {' '}
        {buttons.map((label, index) => (
          <Text key={label} {...(at === lines.length + index ? theme.cursorRow : {})}>
            {at === lines.length + index ? `${theme.sign.cursor}[ ${label} ]` : ` [ ${label} ]`}{' '}
          </Text>
        ))}
      </Text>
    </>
  );
}
