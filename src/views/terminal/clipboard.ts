/** Terminals cut longer clipboards off, some of them silently. */
export const clipboardLimit = 74_000;

/**
 * Puts a text on the clipboard of the terminal where the person sits, also over SSH (OSC 52). Nobody answers, so
 * all that can be said is that it was sent. `base64` is the text's UTF-8 in base64. Inside tmux it is passed through.
 */
export function clipboardSequence(base64: string, tmux: boolean): string | undefined {
  if (base64.length > clipboardLimit) return undefined;
  const sequence = `\u001b]52;c;${base64}\u0007`;
  return tmux ? `\u001bPtmux;\u001b${sequence}\u001b\\` : sequence;
}
