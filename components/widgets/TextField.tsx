import { Text } from 'ink';
import { type Field, textOf } from '../../src/views/keyboard/text-input.ts';
import { useApp } from '../context/app-context.ts';

type TextFieldProps = {
  readonly field: Field;
  readonly focused: boolean;
  /** Cells it may take; the part around the cursor is shown. */
  readonly width: number;
  /** Shown as dots: a key or a token. */
  readonly hidden?: boolean;
  /** What stands there is replaced by what is typed. */
  readonly proposed?: boolean;
  readonly empty?: string;
};

/** A line that is being typed, with its cursor. Holds nothing itself. */
export function TextField({ field, focused, width, hidden, proposed, empty = '' }: TextFieldProps) {
  const { theme } = useApp();
  const characters = hidden === true ? field.characters.map(() => theme.plain('•')) : field.characters;
  const from = Math.max(0, field.at - Math.max(1, width - 2));
  const before = characters.slice(from, field.at).join('');
  const after = characters.slice(field.at, from + Math.max(1, width - 1)).join('');
  if (textOf(field) === '' && !focused) return <Text {...theme.look('quiet')}>{empty}</Text>;
  return (
    <Text wrap="truncate">
      {proposed === true ? <Text {...theme.cursorRow}>{before}</Text> : before}
      {focused ? <Text {...theme.look('accent')}>{theme.sign.field}</Text> : ''}
      {after}
      {textOf(field) === '' ? <Text {...theme.look('quiet')}>{empty}</Text> : ''}
    </Text>
  );
}
