import { Worker } from 'node:worker_threads';
import type { UnpackedPicture, UnpackRequest } from '../../views/terminal/picture.ts';

/** Milliseconds that a picture gets to be unpacked in: one that takes longer was made to. */
const timeoutMs = 3_000;
const limits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 } as const;

/** In the built program the worker lies beside main.js, whatever part this file came to lie in. */
const workerUrl = (): URL => {
  const dist = import.meta.url.lastIndexOf('/dist/');
  return new URL(
    dist < 0 ? './picture-worker.ts' : `${import.meta.url.slice(0, dist)}/dist/picture-worker.js`,
    import.meta.url,
  );
};

/**
 * Unpacks a picture in a thread of its own, which ends with it: keys and frames go on meanwhile, and what was made to
 * take for ever takes three seconds. Nothing where it could not be unpacked.
 */
export function unpackPicture(task: UnpackRequest): Promise<UnpackedPicture | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(workerUrl(), { workerData: task, resourceLimits: limits, stderr: true });
    const end = (unpacked?: UnpackedPicture): void => {
      clearTimeout(timer);
      resolve(unpacked);
      void worker.terminate();
    };
    const timer = setTimeout(end, timeoutMs);
    worker.once('message', end);
    // Out of memory, for one.
    worker.once('error', () => end());
    worker.once('exit', () => end());
  });
}
