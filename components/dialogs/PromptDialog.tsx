import { Text } from 'ink';
import { useState } from 'react';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { padRight, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { type Dialog, offerLines } from '../context/dialog.ts';
import { openProduct } from '../context/open-product.ts';
import { useTextInput } from '../keyboard/use-text-input.ts';
import { TextField } from '../widgets/TextField.tsx';
import { DialogFrame } from './DialogFrame.tsx';

type PromptDialogProps = {
  readonly dialog: Extract<Dialog, { kind: 'prompt' }>;
  readonly columns: number;
  readonly close: () => void;
};

const answer: Hint = { key: 'enter', does: 'answer' };
const cancel: Hint = { key: 'escape', does: 'cancel' };
const plainHints = [answer, cancel];
const offerHints: readonly Hint[] = [
  answer,
  { key: 'tab', does: 'complete' },
  { key: 'down', does: 'choose-row' },
  cancel,
];

/** Asks for a line of text, and where it can, offers what the line may become. */
export function PromptDialog({ dialog, columns, close }: PromptDialogProps) {
  const app = useApp();
  const { theme } = app;
  const [chosen, setChosen] = useState(-1);
  const move = (by: number): void => setChosen((now) => Math.max(-1, Math.min(offers.length - 1, now + by)));
  const line = useTextInput({
    start: dialog.start,
    proposes: dialog.start !== undefined,
    isUnlikely: dialog.isUnlikely,
    focused: true,
    level: 'dialog',
    hints: dialog.complete === undefined ? plainHints : offerHints,
    onEnter: (text) => {
      close();
      dialog.onText(offers[chosen]?.line ?? text);
    },
    onEscape: close,
    onTab: (text) => {
      const offer = dialog.complete?.(text)[Math.max(0, chosen)];
      setChosen(-1);
      return offer === undefined ? undefined : `${offer.line} `;
    },
    onKey: (name) => {
      if (name === 'down') move(1);
      else if (name === 'up') move(-1);
      return name === 'down' || name === 'up';
    },
    refusesScans: dialog.complete === undefined,
    onScan:
      dialog.acceptsScan === true
        ? undefined
        : (text) => {
            close();
            // On a slow line a typed command comes in one read, like a scan.
            if (dialog.isLine?.(text) === true) dialog.onText(text);
            else openProduct(app, text);
          },
  });
  const offers = dialog.complete?.(line.text) ?? [];
  const top = Math.max(0, Math.min(chosen - offerLines + 1, offers.length - offerLines));
  const wide = Math.max(0, ...offers.map((offer) => widthOf(offer.line)));
  return (
    <DialogFrame title={dialog.title} columns={columns}>
      <Text wrap="truncate">
        {'    '}
        <TextField field={line.field} focused proposed={line.proposed} width={columns - 8} />
      </Text>
      {dialog.complete === undefined ? (
        <Text wrap="truncate" {...theme.look('quiet')}>{`    ${theme.plain(dialog.hint ?? '')}`}</Text>
      ) : (
        Array.from({ length: offerLines }, (_, index) => {
          const offer = offers[top + index];
          if (offer === undefined) return <Text key={index}> </Text>;
          const here = top + index === chosen;
          return (
            <Text key={index} wrap="truncate">
              <Text {...theme.look('accent')}>{here ? `  ${theme.sign.cursor} ` : '    '}</Text>
              <Text {...(here ? theme.cursorRow : {})}>{padRight(offer.line, wide)}</Text>
              <Text {...theme.look('quiet')}>{`  ${theme.plain(offer.note)}`}</Text>
            </Text>
          );
        })
      )}
    </DialogFrame>
  );
}
