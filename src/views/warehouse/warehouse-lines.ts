import type { WarehouseState } from '../../domain/warehouse/warehouse.ts';
import type { WarehouseOverview, WarehouseSync } from '../../services/warehouse/warehouse-service.ts';
import { number } from '../format/numbers.ts';
import { ago, span } from '../format/times.ts';
import type { Words } from '../words/words.ts';

type Fact = readonly [string, string];
type Format = { readonly words: Words; readonly now: Parameters<typeof ago>[1] };

/** The facts of the chosen warehouse, its last reading and what is wrong with it. */
export function warehouseFacts(overview: WarehouseOverview, { words, now }: Format): readonly Fact[] {
  const { driver, settings, state } = overview;
  const say = words.warehouse;
  if (settings === undefined) return [[say.fact.kind, words.warehouse.label(driver.label)]];
  const count = (value: number | undefined): string => (value === undefined ? '' : number(value, words));
  const read = state.readAt === undefined ? say.never : ago(state.readAt, now, words);
  const failed =
    state.failedAt === undefined ? '' : `${ago(state.failedAt, now, words)}: ${failureWord(state.failure, words)}`;
  return [
    [say.fact.kind, words.warehouse.label(driver.label)],
    [say.fact.address, settings.address],
    [say.fact.master, say.master[settings.master]],
    ...(driver.credentials.length === 0 ? [] : [[say.fact.key, keyWord(overview, words)] as const]),
    ...Object.entries(settings.options),
    [say.fact.read, overview.tooOld ? `${read} (${say.tooOld})` : read],
    [say.fact.products, count(state.products)],
    [say.fact.unmatched, count(state.unmatched)],
    [say.fact.unreadable, count(state.unreadable)],
    ...(state.clockFault === undefined ? [] : [[say.fact.clock, clockLine(state, words)] as const]),
    [say.fact.failed, failed],
  ];
}

/** Why everything is read and not changes; nothing where the warehouse's clock can be gone by. */
function clockLine({ clockFault, clockAheadMs = 0 }: WarehouseState, words: Words): string {
  if (clockFault === undefined) return '';
  if (clockFault === 'jumped') return words.warehouse.clockJumped;
  return words.warehouse.clockOff({ off: span(Math.abs(clockAheadMs), words), isAhead: clockAheadMs > 0 });
}

/** Whether there is a key, and what is looked for where there is none. */
const keyWord = ({ hasCredentials, credentialNames }: WarehouseOverview, { warehouse }: Words): string =>
  hasCredentials ? warehouse.hasKey : warehouse.noKey(credentialNames.join(', '));

const failureWord = (kind: string | undefined, words: Words): string =>
  Object.entries(words.domain.shopError)
    .find(([name]) => name === kind)?.[1]
    .said(words.warehouse.name) ??
  kind ??
  '';

/** How the warehouse is, in a line: its last reading, or what is missing. */
export function warehouseHealth(
  overview: WarehouseOverview,
  { words, now }: Format,
): { readonly is: 'good' | 'look' | 'wrong'; readonly said: string } {
  const { driver, settings, state, hasCredentials, tooOld } = overview;
  const label = words.warehouse.label(driver.label);
  const say = words.warehouse;
  if (settings === undefined) return { is: 'good', said: label };
  if (!hasCredentials) return { is: 'wrong', said: `${label}, ${keyWord(overview, words)}` };
  const read = state.readAt === undefined ? say.never : ago(state.readAt, now, words);
  if (state.failedAt !== undefined) return { is: 'wrong', said: `${label}, ${failureWord(state.failure, words)}` };
  const said = `${label}, ${say.fact.read.toLowerCase()} ${read}`;
  if (state.wouldGo !== undefined)
    return { is: 'look', said: `${said}; ${say.notShown(number(state.wouldGo, words))}` };
  if (tooOld) return { is: 'look', said: `${said}; ${say.tooOld}` };
  return state.clockFault === undefined
    ? { is: 'good', said }
    : { is: 'look', said: `${said}; ${clockLine(state, words)}` };
}

/** That so many products are not shown any more that none was taken to be gone. */
export const wouldGoLine = (count: number, words: Words): string => {
  const told = number(count, words);
  return `${words.warehouse.notShown(told)}. ${words.warehouse.noneTaken(told)}`;
};

/** What a reading of the warehouse did. */
export function syncLine({ counts }: WarehouseSync, words: Words): string {
  const { read, changed, created, unmatched, unreadable } = counts;
  return words.warehouse.synced({
    read: number(read, words),
    changed: number(changed, words),
    created: number(created, words),
    unmatched: number(unmatched, words),
    unreadable: number(unreadable, words),
  });
}
