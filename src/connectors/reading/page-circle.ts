import { z } from 'zod';

/** A page that was shown, kept to notice when it comes again: its number, and what it began and ended with. */
export const pageMarkSchema = z.lazy(() => z.object({ page: z.number().int().min(1), seen: z.string() }));
export type PageMark = z.infer<typeof pageMarkSchema>;

/**
 * The page to compare the next ones with; `repeated` where this one is the one kept. The page kept lies ever further
 * back (at 1, 2, 4, 8...), so that pages that go round are noticed within three rounds, however long a round is.
 */
export function markAfter(kept: PageMark | undefined, shown: PageMark): PageMark | 'repeated' {
  if (kept?.seen === shown.seen) return 'repeated';
  return kept === undefined || shown.page >= 2 * kept.page ? shown : kept;
}
