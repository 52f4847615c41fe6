import { useRef, useState } from 'react';
import type { Actions } from '../terminal/key-dispatcher.ts';

export type Scroll = {
  /** The first line that is drawn. */
  readonly top: number;
  /** Lines that are drawn: one is kept for saying what is left where not all of them fit. */
  readonly height: number;
  /** Lines beneath the last drawn one. */
  readonly left: number;
  /** A page at a time; a line at a time with the arrows, for screens whose arrows are free. */
  readonly pages: Actions;
  readonly lines: Actions;
};

/** Reads through more lines than there are rows. Another `about` begins at the top. */
export function useScroll(count: number, rows: number, about = ''): Scroll {
  const [at, setAt] = useState({ about, top: 0 });
  const height = count > rows ? Math.max(1, rows - 1) : rows;
  const max = Math.max(0, count - height);
  const top = at.about === about ? Math.min(at.top, max) : 0;
  const latest = useRef({ about, top, max });
  latest.current = { about, top, max };
  const by = (lines: number) => (): void => {
    const { about: here, top: from, max: end } = latest.current;
    const next = { about: here, top: Math.max(0, Math.min(end, from + lines)) };
    latest.current = { ...latest.current, top: next.top };
    setAt(next);
  };
  const page = Math.max(1, height - 1);
  return {
    top,
    height,
    left: Math.max(0, count - top - height),
    pages: max === 0 ? {} : { 'page-up': by(-page), 'page-down': by(page) },
    lines: max === 0 ? {} : { up: by(-1), down: by(1), top: by(-count), bottom: by(count) },
  };
}
