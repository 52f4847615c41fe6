import type { OutputStream } from '../../cli/output/output.ts';
import type { FirstFrame } from './first-frame.ts';

/** A stream whose lines wait while the terminal is a screen: on it they would be drawn over, and never read. */
export function bufferWhileDrawn(stream: OutputStream, firstFrame: FirstFrame | undefined): OutputStream {
  if (firstFrame === undefined) return stream;
  firstFrame.onEnd(() => {
    for (const text of waiting.splice(0)) stream.write(text);
  });
  const waiting: string[] = [];
  return {
    write: (text) => (firstFrame.drawn() ? waiting.push(text) : stream.write(text)),
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}
