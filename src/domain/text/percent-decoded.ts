/** A text of an address as it was meant; one whose percent signs stand for nothing was written as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
