import { createHash } from 'node:crypto';

/** A fixed number from 0 to 1 for a text: the same server shifts the same shop alike, and another one otherwise. */
export const jitterOf = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) / 0x1_0000_0000;
