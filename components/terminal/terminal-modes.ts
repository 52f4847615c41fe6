/** Pastes come marked, so that none of their letters is a command. */
export const pasteOn = '\u001b[?2004h';
export const pasteOff = '\u001b[?2004l';
/** Clicks and the wheel, in the form that holds for any size of window (SGR 1006). Shift selects text as ever. */
const mouseOn = '\u001b[?1000h\u001b[?1006h';
const mouseOff = '\u001b[?1006l\u001b[?1000l';
const leaveScreen = '\u001b[?25h\u001b[?1049l';
const enterScreen = '\u001b[?1049h\u001b[?25l';

/** What the terminal is asked to send beside keys. */
export const enterModes = (mouse: boolean): string => (mouse ? pasteOn + mouseOn : pasteOn);
/** The same taken back; said also where it was never asked for, since that does no harm. */
export const leaveModes = mouseOff + pasteOff;

/** Milliseconds after which one who was not stopped goes on; one who was goes on when it is brought back. */
const resumeAfter = 50;

export type Suspension = {
  /** Gives the terminal back to the shell until `fg` (Ctrl-Z). */
  readonly suspend: () => void;
  readonly end: () => void;
};

/**
 * Hands the terminal back as it was whenever the program is stopped (SIGTSTP), and takes it again when it goes on.
 * Where no shell could bring it back, the kernel does not stop it, and the screen is back at once.
 */
export function handleSuspend({
  write,
  setRawMode,
  mouse,
  repaint,
}: {
  readonly write: (sequence: string) => void;
  readonly setRawMode: (on: boolean) => void;
  readonly mouse: boolean;
  readonly repaint: () => void;
}): Suspension {
  const resume = (): void => {
    process.on('SIGTSTP', stop);
    setRawMode(true);
    write(enterScreen + enterModes(mouse));
    repaint();
  };
  function stop(): void {
    write(leaveModes + leaveScreen);
    setRawMode(false);
    process.off('SIGTSTP', stop);
    process.kill(process.pid, 'SIGTSTP');
    setTimeout(resume, resumeAfter);
  }
  const isPossible = process.platform !== 'win32';
  if (isPossible) process.on('SIGTSTP', stop);
  // A terminal that was asked for clicks must not be left with them, whoever ends the process.
  const onExit = (): void => write(leaveModes);
  process.on('exit', onExit);
  return {
    // The whole group, as the terminal itself would: the demo's shops stop with it.
    suspend: () => void (isPossible && process.kill(0, 'SIGTSTP')),
    end: () => {
      process.off('SIGTSTP', stop);
      process.off('exit', onExit);
    },
  };
}
