import { Text } from 'ink';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { useApp } from '../context/app-context.ts';
import { type Dialog, dialogBody } from '../context/dialog.ts';
import { useConfirmInputs } from '../keyboard/use-confirm-inputs.ts';
import { useDialogKeys } from '../keyboard/use-dialog-keys.ts';
import { TextField } from '../widgets/TextField.tsx';
import { DialogFrame } from './DialogFrame.tsx';

/** The key that says yes. No other key of the program, so that a held key can never say it. */
export const yesKey = 'O';

type ConfirmDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'confirm' }>;
  readonly columns: number;
  readonly close: () => void;
};

const plainHints: readonly Hint[] = [
  { key: yesKey, does: 'yes' },
  { key: 'escape', does: 'cancel' },
];
const typedHints: readonly Hint[] = [
  { key: 'enter', does: 'answer' },
  { key: 'escape', does: 'cancel' },
];

/** Cancel is focused and Enter cancels; only the yes key, or the typed numbers, say yes. */
export function ConfirmDialog({ dialog, columns, close }: ConfirmDialogProps) {
  const { theme, words } = useApp();
  const { questions = [] } = dialog;
  const yes = (answers: readonly string[]): void => {
    close();
    dialog.onYes(answers);
  };
  const typed = useConfirmInputs(questions, yes);
  const asked = questions.length > 0;
  useDialogKeys({
    hints: asked ? typedHints : plainHints,
    close,
    isText: asked ? true : undefined,
    carriesOut: (key) => !asked && key === yesKey,
    handleKey: (key) => {
      if (asked) {
        typed.handleKey(key);
        return true;
      }
      if (key.kind !== 'key') return false;
      if (key.name === yesKey) yes([]);
      else if (key.name === 'enter' || key.name === 'q') close();
      else return false;
      return true;
    },
  });
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      {dialogBody(dialog, columns).map((line, index) => (
        <Text key={index} wrap="truncate" {...theme.look(line.tone)}>{`    ${theme.plain(line.text)}`}</Text>
      ))}
      {questions.map((question, index) => {
        const field = typed.fields[index];
        const here = index === typed.at;
        return (
          <Text key={question.label} wrap="truncate">
            <Text {...theme.look('accent')}>{here ? `  ${theme.sign.cursor} ` : '    '}</Text>
            {`${theme.plain(question.label)} `}
            {field === undefined ? undefined : <TextField field={field} focused={here} width={24} />}
            {here && typed.wrong ? (
              <Text {...theme.look('wrong')}>{`  ${theme.plain('✗')} ${words.screen.wrongAnswer}`}</Text>
            ) : undefined}
          </Text>
        );
      })}
      <Text wrap="truncate">
        {'    '}
        <Text {...theme.cursorRow}>{` ${theme.sign.cursor} ${words.screen.cancel} (Esc) `}</Text>
        {'   '}
        <Text {...theme.look(typed.met ? 'wrong' : 'quiet')}>{` ${asked ? 'Enter' : yesKey}  ${dialog.yes} `}</Text>
      </Text>
    </DialogFrame>
  );
}
