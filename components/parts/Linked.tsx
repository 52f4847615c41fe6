import { Transform } from 'ink';
import { hyperlink } from '../../src/views/terminal/hyperlink.ts';
import { useDesk } from '../desk/use-desk.ts';

/** A text that opens an address where the terminal knows such links (OSC 8); the bare text where it does not. */
export function Linked({ text, to }: { readonly text: string; readonly to?: string }) {
  const { outside } = useDesk();
  if (to === undefined || !outside.hyperlinks) return text;
  return <Transform transform={(shown) => hyperlink(shown, to)}>{text}</Transform>;
}
