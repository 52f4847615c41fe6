import type { ThemeName } from '../../components/terminal/theme.ts';
import { nordlys } from './nordlys-shops.ts';
import { open, type Person } from './screen.tsx';

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
    frames.push(await restingFrame(me, columns, rows));
    for (const bytes of pressed) {
      await me.press(bytes);
      frames.push(await restingFrame(me, columns, rows));
    }
    me.close();
  }
  return frames;
}

/** Looks in a row that show the same before a frame counts as the one that stays: what is asked for comes by and by. */
const looks = 5;

async function restingFrame(me: Person, columns: number, rows: number): Promise<string> {
  let frame = me.screen();
  for (let same = 0; same < looks; ) {
    await me.resize(columns, rows);
    const now = me.screen();
    same = now === frame ? same + 1 : 0;
    frame = now;
  }
  return frame;
}
