import { wrap } from '../../views/columns.ts';
import type { TroubleLines } from '../../views/happenings/trouble-lines.ts';
import type { Output } from './output.ts';

/** Says trouble on stderr: what happened, the particulars, what to do. */
export function printTrouble(out: Output, { said, details, advice }: TroubleLines): void {
  out.note([{ text: said, tone: 'wrong' }]);
  for (const detail of details) out.note(`  ${detail}`);
  const lines = Number.isFinite(out.width) ? wrap(advice, Math.max(40, out.width - 2)) : [advice];
  for (const line of lines) out.note(`  ${line}`);
}
