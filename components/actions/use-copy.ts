import { clipboardSequence } from '../../src/views/terminal/clipboard.ts';
import { cleanLines } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';

/** Sends a text to the clipboard of the terminal, and says honestly that this cannot be confirmed. */
export function useCopy(): (text: string, what: string) => void {
  const { host, notify, words } = useApp();
  return (text, what) => {
    // It is pasted into other programs: nothing is in it that those might obey.
    const sequence = clipboardSequence(Buffer.from(cleanLines(text)).toString('base64'), host.tmux);
    if (sequence === undefined) return notify(words.screen.tooLongToCopy, 'waiting');
    host.write(sequence);
    notify(words.screen.sentToTerminal(what));
  };
}
