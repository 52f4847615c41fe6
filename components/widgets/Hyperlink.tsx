import { Transform } from 'ink';
import { hyperlink } from '../../src/views/terminal/hyperlink.ts';
import { useApp } from '../context/app-context.ts';

/** A text that opens an address where the terminal knows such links (OSC 8); the bare text where it does not. */
export function Hyperlink({ text, to }: { readonly text: string; readonly to?: string }) {
  const { host } = useApp();
  if (to === undefined || !host.hyperlinks) return text;
  return <Transform transform={(shown) => hyperlink(shown, to)}>{text}</Transform>;
}
