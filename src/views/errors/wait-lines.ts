import { span } from '../format/times.ts';
import type { Words } from '../words/words.ts';

/** Longer is waited for by nobody: the work has ended, and goes on when it is ordered again. */
const longestWaitSeconds = 3600;

/** How long a shop asks us to wait, and that it is too long. */
export function waitLines(seconds: number, words: Words): readonly string[] {
  const { shopErrorDetail: say } = words.domain;
  const asked = say.retryAfter(span(Math.ceil(seconds) * 1000, words));
  return seconds > longestWaitSeconds ? [asked, say.notWaited] : [asked];
}
