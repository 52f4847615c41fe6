import type { ShopId } from '../../domain/ids.ts';
import { millisecondsOf } from '../../domain/ids.ts';
import type { SyncProgress } from '../../services/sync/sync-service.ts';
import type { FormatContext } from '../../views/format/format-context.ts';
import { progressLine, shareDone } from '../../views/sync/run-lines.ts';
import { cut, padRight, widthOf } from '../../views/text/cell-text.ts';
import type { Session } from '../command-context.ts';

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
function liveMeter(session: Session, formatContext: FormatContext): SyncMeter {
  const { out } = session;
  const latest = new Map<ShopId, SyncProgress>();
  let drawn = 0;
  let drawnAt = 0;
  const draw = (): void => {
    const names = [...latest.keys()].map((id) => formatContext.shopName(id));
    const wide = Math.max(...names.map(widthOf));
    const up = drawn === 0 ? '' : `\u001b[${drawn}A`;
    out.control(up);
    for (const progress of latest.values()) {
      const waitingUntil = session.waitingUntil(progress.shopId) ?? progress.waitingUntil;
      const name = padRight(formatContext.shopName(progress.shopId), wide);
      out.control('\u001b[2K');
      const room = Math.max(20, Number.isFinite(out.width) ? out.width - 1 : 100);
      out.note(cut(`${name}  ${bar(progress)}  ${progressLine({ ...progress, waitingUntil }, formatContext)}`, room));
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
function plainMeter(session: Session, formatContext: FormatContext): SyncMeter {
  const shown = new Map<ShopId, { readonly phase: SyncProgress['phase']; readonly at: number }>();
  return {
    show: (progress) => {
      const now = millisecondsOf(session.services.now());
      const last = shown.get(progress.shopId);
      if (last?.phase === progress.phase && now - last.at < lineMs) return;
      shown.set(progress.shopId, { phase: progress.phase, at: now });
      session.out.note(`${formatContext.shopName(progress.shopId)}: ${progressLine(progress, formatContext)}`);
    },
    end: () => undefined,
  };
}

/** A meter that suits what stderr is. */
export const syncMeter = (session: Session, formatContext: FormatContext): SyncMeter =>
  session.out.notesToTerminal ? liveMeter(session, formatContext) : plainMeter(session, formatContext);

/** One counted line that is redrawn in place; nothing where stderr is no terminal. */
export const countMeter = (session: Session, label: (done: string, total: string) => string) => {
  let drawnAt = 0;
  return {
    show: (done: number, total: number): void => {
      if (!session.out.notesToTerminal) return;
      const now = millisecondsOf(session.services.now());
      if (now - drawnAt < redrawMs && done < total) return;
      drawnAt = now;
      session.out.control('\r\u001b[2K');
      session.out.control(label(String(done), String(total)));
    },
    end: (): void => {
      if (session.out.notesToTerminal && drawnAt > 0) session.out.control('\r\u001b[2K');
    },
  };
};
