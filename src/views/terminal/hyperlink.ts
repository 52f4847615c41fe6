import { clean } from '../text/cell-text.ts';

/**
 * A text that opens an address when clicked (OSC 8). Only for web addresses: whatever else a shop might have sent
 * stays a plain text.
 */
export function hyperlink(text: string, address: string): string {
  const target = clean(address).replaceAll(' ', '%20');
  return /^https?:\/\//.test(target) ? `\u001b]8;;${target}\u0007${text}\u001b]8;;\u0007` : text;
}
