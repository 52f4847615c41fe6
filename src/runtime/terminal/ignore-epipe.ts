import type { OutputStream } from '../../cli/output/output.ts';

/**
 * A stream whose reader may go away (`bindeled list | head`): from then on it is written to no more, quietly,
 * and what is being done is done to its end.
 */
export function ignoreEpipe(stream: NodeJS.WriteStream): OutputStream {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
  return {
    write: (text) => gone || stream.write(text),
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}
