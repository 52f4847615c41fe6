import type { Instant } from '../../domain/ids.ts';
import type { Run } from '../../domain/shop.ts';
import type { StoreErrorKind } from '../../ports/store-error.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { SyncProgress } from '../../services/sync/sync-service.ts';
import { isOnServer } from '../errors/store-place.ts';
import type { FormatContext } from '../format/format-context.ts';
import { ago } from '../format/times.ts';
import { serverBadges } from '../servers/server-lines.ts';
import { healthSign, healthTone, isHalfRead, lostLately } from '../shops/shop-lines.ts';
import { shareDone } from '../sync/run-lines.ts';
import { widthOf } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

export type HeaderFacts = {
  readonly shops: readonly ShopOverview[];
  readonly servers?: readonly ServerOverview[];
  readonly readOnly: boolean;
  /** That the store cannot be read any more, so that every figure is old. */
  readonly storeTrouble?: { readonly kind: StoreErrorKind; readonly place: string };
  /** Of the readings on their way; absent when there are none. */
  readonly progress?: readonly SyncProgress[];
};

const widthOfAll = (badges: readonly Piece[]): number =>
  badges.reduce((sum, badge) => sum + widthOf(badge.text) + 1, 0);

/** How a shop is for the header: an interrupted sync is old news too, and lost links are not as it should be. */
const signOf = (one: ShopOverview): { readonly sign: string; readonly tone: Tone } =>
  one.health === 'good' && (isHalfRead(one) || lostLately(one) > 0)
    ? { sign: healthSign('stale'), tone: healthTone('stale') }
    : { sign: healthSign(one.health), tone: healthTone(one.health) };

/** When a run ended in which the shop answered; a failed one read nothing. */
const answeredAt = (run: Run | undefined): Instant | undefined =>
  run?.outcome === 'refused' || run?.outcome === 'unreachable' ? undefined : run?.endedAt;

/** When anything was last read from any shop. */
const newest = (shops: readonly ShopOverview[]): Instant | undefined =>
  shops
    .flatMap(({ state }) => [state?.lastComplete?.at, answeredAt(state?.run)].flatMap((at) => at ?? []))
    .reduce<Instant | undefined>((last, at) => (last === undefined || at > last ? at : last), undefined);

/** The shops one by one where there is room; else those in trouble by name and the rest as a number. */
function shopBadges(shops: readonly ShopOverview[], format: FormatContext, availableWidth: number): readonly Piece[] {
  const each = shops.map((one): Piece => {
    const { sign, tone } = signOf(one);
    return { text: `${sign}${one.shop.id.toUpperCase()}`, tone };
  });
  if (widthOfAll(each) <= availableWidth) return each;
  const failing = each.filter((_, index) => shops[index]?.health !== 'good');
  const healthyCount = shops.length - failing.length;
  const rest: Piece = {
    text: `${healthSign('good')} ${format.words.domain.shops(String(healthyCount))}`,
    tone: healthTone('good'),
  };
  const failingFirst = healthyCount === 0 ? failing : [...failing, rest];
  if (widthOfAll(failingFirst) <= availableWidth) return failingFirst;
  return [
    { text: `${healthSign('trouble')} ${format.words.domain.shops(String(failing.length))}`, tone: 'wrong' },
    rest,
  ];
}

/** What is said in words is parted from what follows by a dot. */
const parted = (badges: readonly Piece[]): readonly Piece[] =>
  badges.map((badge, index) => (index === badges.length - 1 ? badge : { ...badge, text: `${badge.text} ·` }));

const awayKinds: ReadonlySet<StoreErrorKind> = new Set(['unreachable', 'server-full', 'too-slow']);

/** How a store cannot be read. */
function howUnread({ kind, place }: NonNullable<HeaderFacts['storeTrouble']>): keyof Words['screen']['storeTrouble'] {
  if (awayKinds.has(kind)) return 'away';
  if (kind === 'untrusted') return 'untrusted';
  if (isOnServer(place)) return 'server';
  if (kind === 'disk-full' || kind === 'read-only') return 'onlyRead';
  return kind === 'missing' ? 'gone' : 'unreadable';
}

/** What stands to the right in the header, the most pressing kept when room is short. */
export function headerBadges(
  { shops, servers = [], readOnly, storeTrouble, progress }: HeaderFacts,
  { format, availableWidth }: { readonly format: FormatContext; readonly availableWidth: number },
): readonly Piece[] {
  const { words, now } = format;
  const first: Piece[] = [];
  if (storeTrouble !== undefined)
    first.push({ text: words.screen.storeTrouble[howUnread(storeTrouble)], tone: 'wrong' });
  if (progress !== undefined) {
    const shares = progress.map((one) => shareDone(one) ?? 0);
    const share =
      shares.length === 0 ? '' : ` ${Math.round((100 * shares.reduce((a, b) => a + b, 0)) / shares.length)} %`;
    first.push({ text: `${words.screen.syncing}${share}`, tone: 'accent' });
  }
  if (readOnly) first.push({ text: words.screen.readOnlyBadge, tone: 'waiting' });
  const health = shopBadges(shops, format, availableWidth - widthOfAll(first));
  const at = newest(shops);
  const spare = availableWidth - widthOfAll([...first, ...health]);
  // The longest wording that fits, and the age of the data beside it where both do.
  const synced: readonly Piece[] =
    at === undefined ? [] : [{ text: words.screen.newestData(ago(at, now, words)), tone: 'quiet' }];
  const wordings = serverBadges(servers, format);
  const choices = [...wordings.map((one) => [one, ...synced]), synced, ...wordings.map((one) => [one])];
  // Beside figures that are old it would be a second word on the same, and of what the store said last.
  const fits = choices.find((badges) => widthOfAll(badges) + badges.length <= spare) ?? [];
  const kept = storeTrouble === undefined ? fits : [];
  return [...first, ...parted(kept), ...health];
}
