import type { ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { IntegrationPage } from '../../services/integrations/integration-service.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { age, dayAndTime } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import { shopServerLine } from '../servers/server-lines.ts';
import { unreadableLine } from '../sync/run-lines.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { healthSign, healthTone, shopLine } from './shop-lines.ts';

/** How many lines of a shop's list are linked, missing, in conflict, with another figure. */
export type ShopPlaces = IntegrationPage['counts'];

const expectedIn = ({ linked, missing, conflict }: ShopPlaces): number => linked + missing + conflict;

/** A shop that lacks a link or shows another figure is not as it should be. */
const lacks = (places: ShopPlaces): boolean => places.linked < expectedIn(places) || places['stock-differs'] > 0;

export const shopRowId = (overview: ShopOverview): string => overview.shop.id;

/** The columns of the list of shops. */
export function shopColumns(
  format: FormatContext,
  places: ReadonlyMap<ShopId, ShopPlaces> = new Map(),
): readonly Column<ShopOverview>[] {
  const { words } = format;
  const { column } = words.screen;
  const line = (overview: ShopOverview) => shopLine(overview, format);
  const count = (id: 'listings' | 'integrations' | 'conflicts', title: string, rank: number): Column<ShopOverview> => ({
    id,
    title,
    rank,
    min: 6,
    max: 11,
    align: 'right',
    text: (one) => (id === 'conflicts' && one.counts.conflicts === 0 ? '' : number(one.counts[id], words)),
    tone: (one) => (id === 'conflicts' && one.counts.conflicts > 0 ? 'waiting' : undefined),
    sortBy: (one) => one.counts[id],
  });
  return [
    {
      id: 'health',
      title: column.health,
      rank: 1,
      min: 8,
      max: 20,
      text: (one) => `${line(one).sign} ${line(one).health}`,
      tone: (one) => line(one).tone,
    },
    {
      id: 'id',
      title: column.id,
      rank: 1,
      min: 4,
      max: 16,
      text: (one) => shopCode(one.shop.id),
      tone: () => 'accent',
    },
    { id: 'name', title: column.name, rank: 2, min: 20, text: (one) => one.shop.name, tone: () => 'strong' },
    { id: 'platform', title: column.platform, rank: 5, min: 8, max: 20, text: (one) => one.platformName },
    {
      ...count('integrations', column.links, 3),
      max: 15,
      text: ({ shop, counts }) => linksText(counts.integrations, places.get(shop.id), '/', words),
      tone: ({ shop }) => linksTone(places.get(shop.id)),
    },
    {
      id: 'differing',
      title: column.differing,
      rank: 4,
      min: 6,
      max: 13,
      align: 'right',
      text: ({ shop }) => someNumber(places.get(shop.id)?.['stock-differs'], words),
      tone: () => 'waiting',
      sortBy: ({ shop }) => places.get(shop.id)?.['stock-differs'] ?? 0,
    },
    count('listings', column.listings, 4),
    count('conflicts', column.conflicts, 4),
    {
      id: 'read',
      ages: true,
      title: column.lastFullSync,
      rank: 3,
      min: 8,
      max: 18,
      text: (one) => lastWhole(one, format),
      tone: () => 'quiet',
    },
  ];
}

const someNumber = (count: number | undefined, words: Words): string =>
  count === undefined || count === 0 ? '' : number(count, words);

/** Links, of how many where some are missing. */
const linksText = (links: number, places: ShopPlaces | undefined, of: string, words: Words): string =>
  places === undefined || places.linked >= expectedIn(places)
    ? number(places?.linked ?? links, words)
    : `${number(places.linked, words)}${of}${number(expectedIn(places), words)}`;

const linksTone = (places: ShopPlaces | undefined): Tone | undefined =>
  places !== undefined && places.linked < expectedIn(places) ? 'waiting' : undefined;

/** How old the last full sync is: in a column of ages "ago" would be said in every row. */
const lastWhole = ({ state }: ShopOverview, { words, now }: FormatContext): string =>
  state?.lastComplete === undefined ? words.domain.never : age(state.lastComplete.at, now, words);

type ShopBeside = {
  readonly servers?: readonly ServerOverview[];
  /** Absent while they are being counted. */
  readonly places?: ShopPlaces;
};

/** The goods owner with the postfix of its item numbers, where it has one. */
const ownerText = ({ owner }: Shop): string =>
  owner === undefined ? '' : [owner.name, ...(owner.skuPostfix === '' ? [] : [`(${owner.skuPostfix})`])].join(' ');

/** All that is known of our own reading of a shop: health, runs, what its platform cannot tell. */
export function shopDetail(
  overview: ShopOverview,
  format: FormatContext,
  width: number,
  { servers = [], places }: ShopBeside = {},
): readonly (string | readonly Piece[])[] {
  const { words } = format;
  const { shop, state, counts } = overview;
  const line = shopLine(overview, format);
  const { field, column } = words.screen;
  const said = (label: string, text: string, tone?: Tone): readonly (readonly Piece[])[] =>
    text === ''
      ? []
      : wrap(text, Math.max(10, width - 20)).map((part, index) => [
          { text: (index === 0 ? label : '').padEnd(20), tone: 'quiet' },
          { text: part, tone },
        ]);
  return [
    [
      // A shop that answers and lacks links is not as it should be.
      places !== undefined && lacks(places) && overview.health === 'good' && line.tone === 'quiet'
        ? { text: `${healthSign('stale')} ${line.health}  `, tone: healthTone('stale') }
        : { text: `${line.sign} ${line.health}  `, tone: line.tone },
      { text: shop.name, tone: 'strong' },
    ],
    ...(line.trouble === ''
      ? []
      : wrap(line.trouble, width).map((text): readonly Piece[] => [{ text: `✗ ${text}`, tone: 'wrong' }])),
    ...unreadableLine(state?.unreadable, words).flatMap((text) =>
      wrap(text, width).map((part): readonly Piece[] => [{ text: `! ${part}`, tone: 'waiting' }]),
    ),
    '',
    ...said(
      column.links,
      linksText(counts.integrations, places, ` ${words.screen.ofExpected} `, words),
      linksTone(places),
    ),
    ...said(words.screen.show.missing, someNumber(places?.missing, words), 'waiting'),
    ...said(column.differing, someNumber(places?.['stock-differs'], words), 'waiting'),
    ...said(column.conflicts, someNumber(counts.conflicts, words), 'waiting'),
    ...said(column.listings, number(counts.listings, words)),
    ...said(field.lastFullSync, line.lastComplete),
    ...said(field.lastRun, line.lastRun),
    ...said(words.serve.field, shopServerLine(servers, shop.id, format)),
    ...said(field.cursor, state?.run?.cursor === undefined ? '' : words.screen.cursorSaved),
    '',
    ...said(field.platform, overview.platformName),
    ...said(field.url, shop.url),
    ...said(field.country, shop.country ?? ''),
    ...said(field.owner, ownerText(shop)),
    ...said(field.negative, words.domain.negative[shop.negative]),
    ...said(
      field.key,
      overview.hasCredentials ? words.domain.yes : `${words.domain.none}: ${overview.credentialNames.join(', ')}`,
    ),
    ...said(field.watermark, state?.watermark === undefined ? '' : dayAndTime(state.watermark, format)),
    '',
    ...(line.blindSpots.length === 0
      ? []
      : wrap(words.screen.blindSpots, width).map((text): readonly Piece[] => [{ text, tone: 'strong' }])),
    ...line.blindSpots.flatMap((spot) =>
      wrap(spot, width - 2).map((text, index) => `${index === 0 ? '· ' : '  '}${text}`),
    ),
  ];
}
