import type { Instant } from '../domain/ids.ts';
import type { ShopOverview, SyncProgress } from '../services/services.ts';
import { ago } from './ages.ts';
import { widthOf } from './columns.ts';
import { shareDone } from './shops/run-lines.ts';
import { healthSign, healthTone } from './shops/shop-lines.ts';
import type { Telling } from './telling.ts';
import type { Piece, Tone } from './tones.ts';

export type HeaderFacts = {
  readonly shops: readonly ShopOverview[];
  readonly language: string;
  readonly readOnly: boolean;
  /** Of the readings on their way; absent when there are none. */
  readonly progress?: readonly SyncProgress[];
};

const widthOfAll = (badges: readonly Piece[]): number =>
  badges.reduce((sum, badge) => sum + widthOf(badge.text) + 1, 0);

/** How a shop is for the header: an interrupted reading is old news too. */
const signOf = (one: ShopOverview): { readonly sign: string; readonly tone: Tone } =>
  one.health === 'good' && one.interrupted
    ? { sign: healthSign('stale'), tone: healthTone('stale') }
    : { sign: healthSign(one.health), tone: healthTone(one.health) };

/** When anything was last read from any shop. */
const newest = (shops: readonly ShopOverview[]): Instant | undefined =>
  shops
    .flatMap(({ state }) => [state?.lastComplete?.at, state?.run?.endedAt].flatMap((at) => at ?? []))
    .reduce<Instant | undefined>((last, at) => (last === undefined || at > last ? at : last), undefined);

/** The shops one by one where there is room; else those in trouble by name and the rest as a number. */
function shopBadges(shops: readonly ShopOverview[], telling: Telling, room: number): readonly Piece[] {
  const each = shops.map((one): Piece => {
    const { sign, tone } = signOf(one);
    return { text: `${sign}${one.shop.id}`, tone };
  });
  if (widthOfAll(each) <= room) return each;
  const ill = each.filter((_, index) => shops[index]?.health !== 'good');
  const well = shops.length - ill.length;
  const rest: Piece = { text: `${healthSign('good')} ${telling.words.domain.shops(String(well))}`, tone: 'good' };
  const some = well === 0 ? ill : [...ill, rest];
  if (widthOfAll(some) <= room) return some;
  return [{ text: `${healthSign('trouble')} ${telling.words.domain.shops(String(ill.length))}`, tone: 'wrong' }, rest];
}

/** What stands to the right in the header, the most pressing kept when room is short. */
export function headerBadges(
  { shops, language, readOnly, progress }: HeaderFacts,
  { telling, room }: { readonly telling: Telling; readonly room: number },
): readonly Piece[] {
  const { words, now } = telling;
  const first: Piece[] = [];
  if (progress !== undefined) {
    const shares = progress.map((one) => shareDone(one) ?? 0);
    const share =
      shares.length === 0 ? '' : ` ${Math.round((100 * shares.reduce((a, b) => a + b, 0)) / shares.length)} %`;
    first.push({ text: `${words.screen.syncing}${share}`, tone: 'accent' });
  }
  if (readOnly) first.push({ text: words.screen.readOnlyBadge, tone: 'waiting' });
  const health = shopBadges(shops, telling, room - widthOfAll(first));
  const at = newest(shops);
  const extras: readonly Piece[] = [
    // In capitals and first, so that nobody takes it for one of the shops.
    { text: language.toUpperCase(), tone: 'quiet' },
    ...(at === undefined ? [] : [{ text: words.screen.newestData(ago(at, now, words)), tone: 'quiet' as const }]),
  ];
  const spare = room - widthOfAll([...first, ...health]);
  const kept = extras.filter((_, index) => widthOfAll(extras.slice(0, index + 1)) <= spare);
  return [...first, ...kept, ...health];
}
