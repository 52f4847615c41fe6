import type { ThemeName } from '../../components/terminal/theme.ts';
import { nordlys } from './nordlys-shops.ts';
import { open } from './screen.tsx';

/** A session at the screen: its size, its colours, and the bytes that were pressed. */
export type Session = {
  readonly columns: number;
  readonly rows: number;
  readonly theme: ThemeName;
  readonly pressed: readonly string[];
};

/** Plays sessions one after the other on the same shops, and answers the frame after each key. */
export async function play(sessions: readonly Session[]): Promise<readonly string[]> {
  const frames: string[] = [];
  for (const { columns, rows, theme, pressed } of sessions) {
    const me = await open((await nordlys()).services, { columns, rows, theme });
    frames.push(me.screen());
    for (const bytes of pressed) {
      await me.press(bytes);
      frames.push(me.screen());
    }
    me.close();
  }
  return frames;
}
