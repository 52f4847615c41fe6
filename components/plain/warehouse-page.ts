import type { Instant } from '../../src/domain/ids.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { number } from '../../src/views/format/numbers.ts';
import { clockTime } from '../../src/views/format/times.ts';
import { brokenRowLines } from '../../src/views/warehouse/broken-row.ts';
import { testedLines } from '../../src/views/warehouse/test-lines.ts';
import { syncLine, warehouseFacts, wouldGoLine } from '../../src/views/warehouse/warehouse-lines.ts';
import { previewRow } from '../../src/views/warehouse/warehouse-rows.ts';
import { choose, confirmTyped, joinParts, list, type PlainContext } from './plain-context.ts';

/** Reads the warehouse and says how that ended; `acceptGone` products may be taken to be gone. */
async function read(context: PlainContext, acceptGone?: number): Promise<void> {
  const { services, words, print, signal, formatFor } = context;
  const say = words.warehouse;
  print(say.reading);
  const onWaiting = (until: Instant | undefined): void => {
    if (until !== undefined) print(say.waits(clockTime(until, formatFor().timeZone)));
  };
  const result = await services.warehouse.sync({ onWaiting, acceptGone }, signal);
  if (result.busy !== undefined) return print(say.busy(result.busy.user));
  if (result.trouble !== undefined) {
    const { said, advice } = shopErrorLines(result.trouble, say.name, words);
    for (const line of [said, advice, say.figuresStay]) print(line);
    return;
  }
  const { gone = 0, wouldGo } = result;
  print(syncLine(result, words));
  for (const line of brokenRowLines(result.broken, words)) print(line);
  if (wouldGo !== undefined) print(`${wouldGoLine(wouldGo, words)} ${say.wouldGoLook}`);
  if (gone === 0) return;
  print(say.gone(number(gone, words)));
  if (acceptGone !== undefined) print(words.screen.plain.undoTakesBack);
}

async function test({ services, words, print, signal }: PlainContext): Promise<void> {
  print(words.screen.testing(words.warehouse.name));
  for (const { text } of testedLines(await services.warehouse.test(signal), words, shopErrorLines)) print(text);
}

async function preview(context: PlainContext): Promise<void> {
  const { services, words, print, signal } = context;
  print(words.warehouse.previewing);
  const { rows, broken } = await services.warehouse.preview(signal);
  for (const line of brokenRowLines(broken, words)) print(line);
  list(
    context,
    rows.map((row) => {
      const line = previewRow(row, words);
      return joinParts(line.item, line.name, line.shop, line.what, line.figure);
    }),
  );
}

async function acceptGone(context: PlainContext, gone: number): Promise<void> {
  const { words, print } = context;
  const say = words.warehouse;
  print(say.acceptTitle(number(gone, words)));
  for (const line of [say.acceptEffect, say.acceptLook, words.screen.plain.undoTakesBack]) print(line);
  if (await confirmTyped(context, String(gone))) await read(context, gone);
}

/** Says which warehouse is chosen and how its readings go; reads, tests, previews it, and takes goods to be gone. */
export async function warehouse(context: PlainContext): Promise<void> {
  const { services, words, print } = context;
  const overview = services.warehouse.show();
  if (overview === undefined) return print(words.warehouse.ownStock);
  for (const [name, value] of warehouseFacts(overview, { words, now: services.now() }))
    if (value !== '') print(`${name}: ${value}`);
  if (overview.settings === undefined) return;
  const { wouldGo } = overview.state;
  const { act } = words.screen.plain;
  const acts = [
    { label: act.readStock, run: () => read(context) },
    { label: act.previewStock, run: () => preview(context) },
    { label: act.test, run: () => test(context) },
    ...(wouldGo === undefined
      ? []
      : [{ label: act.acceptGone(number(wouldGo, words)), run: () => acceptGone(context, wouldGo) }]),
  ];
  if (wouldGo !== undefined) print(wouldGoLine(wouldGo, words));
  const chosen = await choose(
    context,
    acts.map(({ label }) => label),
  );
  if (chosen !== undefined) await acts[chosen]?.run();
}
