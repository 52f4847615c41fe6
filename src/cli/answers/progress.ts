import type { ShopId } from '../../domain/ids.ts';
import { millisecondsOf } from '../../domain/ids.ts';
import type { SyncProgress } from '../../services/services.ts';
import { cut, padRight, widthOf } from '../../views/columns.ts';
import { progressLine, shareDone } from '../../views/shops/run-lines.ts';
import type { Telling } from '../../views/telling.ts';
import type { Session } from '../session.ts';

const barWidth = 20;
/** A terminal is redrawn four times a second at most; a file gets a line every five seconds and at each change of phase. */
const redrawMs = 250;
const lineMs = 5_000;

/** A counted bar where the total is known, a wandering dot where it is not. */
const bar = (progress: SyncProgress): string => {
  const share = shareDone(progress);
  if (share === undefined) return '·'.repeat(barWidth);
  const full = Math.round(share * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
};

/** Shows readings on their way, one line a shop, on stderr. */
export type SyncMeter = { readonly show: (progress: SyncProgress) => void; readonly end: () => void };

/** Lines that are redrawn in place, for a terminal. */
function liveMeter(session: Session, telling: Telling): SyncMeter {
  const { out } = session;
  const latest = new Map<ShopId, SyncProgress>();
  let drawn = 0;
  let drawnAt = 0;
  const draw = (): void => {
    const names = [...latest.keys()].map((id) => telling.shopName(id));
    const wide = Math.max(...names.map(widthOf));
    const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
    out.steer(up);
    for (const progress of latest.values()) {
      const waitingUntil = session.waitingUntil(progress.shopId) ?? progress.waitingUntil;
      const name = padRight(telling.shopName(progress.shopId), wide);
      out.steer('\u001b[2K');
      const room = Math.max(20, Number.isFinite(out.width) ? out.width - 1 : 100);
      out.note(cut(`${name}  ${bar(progress)}  ${progressLine({ ...progress, waitingUntil }, telling)}`, room));
    }
    drawn = latest.size;
  };
  return {
    show: (progress) => {
      latest.set(progress.shopId, progress);
      const now = millisecondsOf(session.services.now());
      if (now - drawnAt < redrawMs && progress.phase !== 'done') return;
      drawnAt = now;
      draw();
    },
    end: () => {
      if (latest.size > 0) draw();
    },
  };
}

/** Plain lines, for a file or a screen reader. */
function plainMeter(session: Session, telling: Telling): SyncMeter {
  const told = new Map<ShopId, { readonly phase: SyncProgress['phase']; readonly at: number }>();
  return {
    show: (progress) => {
      const now = millisecondsOf(session.services.now());
      const last = told.get(progress.shopId);
      if (last?.phase === progress.phase && now - last.at < lineMs) return;
      told.set(progress.shopId, { phase: progress.phase, at: now });
      session.out.note(`${telling.shopName(progress.shopId)}: ${progressLine(progress, telling)}`);
    },
    end: () => undefined,
  };
}

/** A meter that suits what stderr is. */
export const syncMeter = (session: Session, telling: Telling): SyncMeter =>
  session.out.notesToTerminal ? liveMeter(session, telling) : plainMeter(session, telling);

/** One counted line that is redrawn in place; nothing where stderr is no terminal. */
export const countMeter = (session: Session, label: (done: string, total: string) => string) => {
  let drawnAt = 0;
  return {
    show: (done: number, total: number): void => {
      if (!session.out.notesToTerminal) return;
      const now = millisecondsOf(session.services.now());
      if (now - drawnAt < redrawMs && done < total) return;
      drawnAt = now;
      session.out.steer('\r\u001b[2K');
      session.out.steer(label(String(done), String(total)));
    },
    end: (): void => {
      if (session.out.notesToTerminal && drawnAt > 0) session.out.steer('\r\u001b[2K');
    },
  };
};
