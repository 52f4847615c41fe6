/** What a screen needs of the world beyond the window. Given by the front door: screens touch no files. */
export type Outside = {
  /** Writes a file into the export folder and answers its path. */
  saveFile(name: string, text: string): Promise<string>;
  /** Sends bytes to the terminal beside the frames (clipboard). */
  write(sequence: string): void;
  /** Inside tmux, sequences must be passed through. */
  readonly tmux: boolean;
};
