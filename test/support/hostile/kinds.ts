/**
 * How a shop is out of its mind. `content`: it computes from its goods and never comes to an end. `answers`: what it
 * sends is far too much, or no answer at all. `slow`: it takes its time and never ends.
 */
export const contentKinds = [
  'rows',
  'variations',
  'orders',
  'repeats',
  'two-pages',
  'circle',
  'order-repeats',
  'order-two-pages',
  'order-circle',
  'millions',
  'total-negative',
  'total-nan',
  'total-text',
  'ten-thousand',
] as const;
export const answerKinds = [
  'giant-page',
  'many-rows',
  'inner-lists',
  'long-row',
  'long-text',
  'deep',
  'gzip-bomb',
  'brotli-bomb',
  'too-long',
  'too-short',
  'endless-head',
  'endless-early',
  'endless-continue',
  'retry-year',
  'retry-negative',
  'retry-past',
  'redirect-loop',
  'entities',
] as const;
export const slowKinds = ['silent', 'slow-bytes', 'slow-head', 'slow-early', 'silent-tls'] as const;

export type HostileKind = (typeof contentKinds)[number] | (typeof answerKinds)[number] | (typeof slowKinds)[number];

export const hostileKinds: readonly HostileKind[] = [...contentKinds, ...answerKinds, ...slowKinds];

/** What is asked of a hostile shop. */
export const asks = ['full', 'changes', 'fetch', 'test', 'detect', 'push', 'webhook', 'why', 'verify'] as const;
export type Ask = (typeof asks)[number];
