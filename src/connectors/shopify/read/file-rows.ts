import type { BrokenRow } from '../../../ports/shop-connector.ts';

type Part = {
  /** Variants with their pictures, as a page of them would show them. */
  readonly rows: readonly unknown[];
  readonly broken: readonly BrokenRow[];
  /** Lines that were read, and their bytes: the next part begins behind them. */
  readonly lines: number;
  readonly bytes: number;
};

type Row = { readonly variant: object; readonly pictures: object[]; readonly bytes: number; lines: number };

/**
 * The rows of a part of a file in JSONL, a letter a byte: one line an object, a variant's pictures behind it. The last
 * variant of a part that others follow is left to the next: its pictures may stand there.
 */
export function fileRows(part: string, isLast: boolean): Part {
  const whole = isLast ? part.length : part.lastIndexOf('\n') + 1;
  const rows: Row[] = [];
  const broken: (BrokenRow & { readonly bytes: number; readonly lines: number })[] = [];
  let [lines, at] = [0, 0];
  while (at < whole) {
    const end = part.indexOf('\n', at);
    const until = end < 0 ? whole : end;
    const text = Buffer.from(part.slice(at, until), 'latin1').toString('utf8');
    const isBlank = text.trim() === '';
    const object = isBlank ? undefined : objectIn(text);
    if (!isBlank) lines += 1;
    const last = rows.at(-1);
    if (object === undefined && !isBlank)
      broken.push({ where: 'a line of the file', said: text.slice(0, 80), bytes: at, lines });
    else if (object !== undefined && '__parentId' in object && last !== undefined) last.pictures.push(object);
    else if (object !== undefined) rows.push({ variant: object, pictures: [], bytes: at, lines: lines - 1 });
    at = until + 1;
  }
  const left = isLast ? undefined : rows.pop();
  return {
    rows: rows.map(({ variant, pictures }) => ({ ...variant, media: { nodes: pictures } })),
    broken: broken
      .filter(({ bytes }) => left === undefined || bytes < left.bytes)
      .map(({ where, said }) => ({ where, said })),
    lines: left?.lines ?? lines,
    bytes: left?.bytes ?? whole,
  };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
