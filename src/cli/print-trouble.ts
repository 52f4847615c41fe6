import { wrap } from '../views/columns.ts';
import type { TroubleLines } from '../views/trouble-lines.ts';
import type { Output } from './output.ts';

/** Says trouble on stderr: what happened, the particulars, what to do. */
export function printTrouble(out: Output, { said, details, advice }: TroubleLines): void {
  const room = Number.isFinite(out.width) ? out.width : 100;
  out.note([{ text: said, tone: 'wrong' }]);
  for (const detail of details) out.note(`  ${detail}`);
  for (const line of wrap(advice, Math.max(40, room - 2))) out.note(`  ${line}`);
}
