import type { Shop } from '../../domain/shop.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import { keptTroubleLines } from '../errors/screen-advice.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { dayAndTime } from '../format/times.ts';
import { shopServerLine } from '../servers/server-lines.ts';
import { unreadableLine } from '../sync/run-lines.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { changesKnown, shopLine } from './shop-lines.ts';
import { linksText, linksTone, type ShopPlaces, shopSign, someNumber } from './shop-places.ts';

type ShopBeside = {
  readonly servers?: readonly ServerOverview[];
  /** Absent while they are being counted. */
  readonly places?: ShopPlaces;
};

/** The goods owner with the postfix of its item numbers, where it has one. */
const ownerText = ({ owner }: Shop): string =>
  owner === undefined ? '' : [owner.name, ...(owner.skuPostfix === '' ? [] : [`(${owner.skuPostfix})`])].join(' ');

/** What is wrong with a shop, in its own words and in ours, and what to do. */
function troubleLines(
  { shop, state }: ShopOverview,
  said: string,
  width: number,
  words: Words,
): readonly (readonly Piece[])[] {
  const ours = state?.lastTrouble && keptTroubleLines(state.lastTrouble, shop.name, words);
  const marked = (sign: string, text: string, tone: Tone): readonly (readonly Piece[])[] =>
    wrap(text, width - 2).map((part, index) => [{ text: `${index === 0 ? sign : ' '} ${part}`, tone }]);
  if (said === '') return [];
  return ours === undefined
    ? marked('✗', said, 'wrong')
    : [...marked('✗', ours.said, 'wrong'), ...marked(' ', said, 'quiet'), ...marked('→', ours.advice, 'accent')];
}

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
  const how = shopSign(overview, places, format);
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
      { text: `${how.sign} ${line.health}  `, tone: how.tone },
      { text: shop.name, tone: 'strong' },
    ],
    ...troubleLines(overview, line.trouble, width, words),
    ...unreadableLine(state?.unreadable, words).flatMap((text) =>
      wrap(text, width - 2).map((part, index): readonly Piece[] => [
        { text: `${index === 0 ? '!' : ' '} ${part}`, tone: 'waiting' },
      ]),
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
      overview.hasCredentials
        ? words.screen.keyInPlace
        : `${words.domain.none}: ${overview.credentialNames.join(', ')}`,
    ),
    ...said(field.watermark, changesKnown(overview, words, (moment) => dayAndTime(moment, format)) ?? ''),
    '',
    ...(line.blindSpots.length === 0
      ? []
      : wrap(words.screen.blindSpots, width).map((text): readonly Piece[] => [{ text, tone: 'strong' }])),
    ...line.blindSpots.flatMap((spot) =>
      wrap(spot, width - 2).map((text, index) => `${index === 0 ? '· ' : '  '}${text}`),
    ),
  ];
}
