import type { ErrorLines } from '../../views/errors/error-lines.ts';
import { wrap } from '../../views/text/cell-text.ts';
import type { Output } from './output.ts';

/** Says trouble on stderr: what happened, the particulars, what to do. */
export function printError(out: Output, { said, details, advice }: ErrorLines): void {
  out.note([{ text: said, tone: 'wrong' }]);
  for (const detail of details) out.note(`  ${detail}`);
  const lines = Number.isFinite(out.width) ? wrap(advice, Math.max(40, out.width - 2)) : [advice];
  for (const line of lines) out.note(`  ${line}`);
}
