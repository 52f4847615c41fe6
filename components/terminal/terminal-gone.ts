/** The window was closed, or the line was cut: nobody is there to read, and nothing of ours is at fault. */
export const terminalGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EIO', 'EPIPE', 'ENXIO', 'EBADF'].includes(String(error.code));

/** Does what gives a terminal back; where it is gone there is nothing to give back. */
export function ifStillThere(giveBack: () => void): void {
  try {
    giveBack();
  } catch (error) {
    if (!terminalGone(error)) throw error;
  }
}
