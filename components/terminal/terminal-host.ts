import type { TerminalPictures } from './terminal-pictures.ts';

/** What a screen needs of the world beyond the window. Given by the entry point: screens touch no files. */
export type TerminalHost = {
  /** Writes a file into the export folder and answers its path. */
  saveFile(name: string, text: string): Promise<string>;
  /** Sends bytes to the terminal beside the frames (clipboard). */
  write(sequence: string): void;
  /** Inside tmux, sequences must be passed through. */
  readonly tmux: boolean;
  /** Whether the terminal opens addresses that are clicked (OSC 8). */
  readonly hyperlinks: boolean;
  /** Absent where no pictures are wanted, or the terminal cannot draw any. */
  readonly pictures?: TerminalPictures;
  /** Forgets what is on the screen, so that the next frame draws all of it. */
  redraw(): void;
  /** Gives the terminal back to the shell until it brings the program back. */
  suspend(): void;
};
