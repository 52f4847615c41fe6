import type { Sink } from './cli/answers/output.ts';
import type { Opening } from './opening.ts';

/** A stream whose lines wait while the terminal is a screen: on it they would be drawn over, and never read. */
export function heldBack(sink: Sink, opening: Opening | undefined): Sink {
  if (opening === undefined) return sink;
  opening.onEnd(() => {
    for (const text of waiting.splice(0)) sink.write(text);
  });
  const waiting: string[] = [];
  return {
    write: (text) => (opening.drawn() ? waiting.push(text) : sink.write(text)),
    isTTY: sink.isTTY,
    get columns() {
      return sink.columns;
    },
  };
}
