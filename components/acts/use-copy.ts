import { clipboardSequence } from '../../src/views/terminal/clipboard.ts';
import { useDesk } from '../desk/use-desk.ts';

/** Sends a text to the clipboard of the terminal, and says honestly that this cannot be confirmed. */
export function useCopy(): (text: string, what: string) => void {
  const { outside, say, words } = useDesk();
  return (text, what) => {
    const sequence = clipboardSequence(Buffer.from(text).toString('base64'), outside.tmux);
    if (sequence === undefined) return say(words.screen.tooLongToCopy, 'waiting');
    outside.write(sequence);
    say(words.screen.sentToTerminal(what));
  };
}
