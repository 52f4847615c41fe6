import { z } from 'zod';

/** Pieces of a line, whole or in part; nothing where no number stands there. */
export const pieces = z.unknown().transform((value): number | undefined => {
  const number =
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
});

/** Whether something of a line is still sold: orders are edited, and lines called back while the rest stands. */
export const isLeft = (ordered: number | undefined, calledBack: number | undefined = 0): boolean =>
  ordered === undefined || ordered - calledBack > 0;
