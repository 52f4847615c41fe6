import type { Shop } from '../../../domain/shop.ts';
import type { ShopOverview } from '../../../services/shops/shop-service.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { ago, localTime } from '../../../views/format/times.ts';
import { changesKnown, shopLine } from '../../../views/shops/shop-lines.ts';
import { unreadableLine } from '../../../views/sync/run-lines.ts';
import type { Session } from '../../command-context.ts';
import { printFacts } from '../../output/print-list.ts';

/** The locations of the warehouse that it sells from, or that each location of its own is told of. */
const soldFrom = ({ locations = [], shopLocations = [] }: Shop): string =>
  shopLocations.length === 0
    ? locations.join(', ')
    : shopLocations.map(({ id, name, from }) => `${name ?? id}: ${from.join(', ')}`).join('; ');

/** A shop's own page: what it is, how our reading of it goes, and what its platform can never tell us. */
export function printShop(session: Session, overview: ShopOverview, formatContext: FormatContext): void {
  const { out, words } = session;
  const { shop, state, counts } = overview;
  const line = shopLine(overview, formatContext);
  const said = words.cli.fact;
  out.say([
    { text: `${line.sign} ${shop.name}`, tone: 'strong' },
    ` (${shop.id})  `,
    { text: line.health, tone: line.tone },
  ]);
  printFacts(
    session,
    [
      [said.platform, overview.platformName],
      [said.url, shop.url],
      [said.identity, shop.identity ?? ''],
      [said.country, shop.country ?? ''],
      [said.currency, shop.currency ?? ''],
      [said.timeZone, shop.timeZone ?? ''],
      [said.owner, shop.owner === undefined ? '' : `${shop.owner.name} (${shop.owner.skuPostfix})`],
      [said.negative, words.domain.negative[shop.negative]],
      [words.warehouse.locations, soldFrom(shop)],
      [
        said.options,
        Object.entries(shop.options)
          .map(([name, value]) => `${name}=${value}`)
          .join(', '),
      ],
      [
        said.credentials,
        overview.hasCredentials ? words.domain.yes : words.cli.lookedFor(overview.credentialNames.join(', ')),
      ],
      [
        said.counts,
        `${words.domain.listings(number(counts.listings, words))}, ${words.domain.integrations(number(counts.integrations, words))}, ${words.domain.conflicts(number(counts.conflicts, words))}`,
      ],
    ],
    '  ',
  );
  out.say();
  printFacts(
    session,
    [
      [said.lastComplete, line.lastComplete],
      [said.lastRun, line.lastRun],
      [
        said.watermark,
        changesKnown(overview, words, (moment) => localTime(moment, formatContext.timeZone)) ?? words.domain.never,
      ],
      [said.cursor, state?.run?.cursor === undefined ? '' : words.cli.goesOn],
      [
        said.sales,
        state?.sales === undefined
          ? words.domain.never
          : `${localTime(state.sales.from, formatContext.timeZone)} - ${localTime(state.sales.to, formatContext.timeZone)}`,
      ],
      [
        said.lastAnswer,
        state?.lastAnswerAt === undefined ? words.domain.never : ago(state.lastAnswerAt, formatContext.now, words),
      ],
      [said.trouble, line.trouble],
      [said.unreadable, unreadableLine(state?.unreadable, words).join('')],
      [
        said.syncBy,
        overview.syncBy === undefined ? '' : words.cli.busy(overview.syncBy.user, String(overview.syncBy.pid)),
      ],
    ],
    '  ',
  );
  if (line.blindSpots.length === 0) return;
  out.say();
  out.say([{ text: `  ${words.cli.blindSpots}`, tone: 'strong' }]);
  for (const spot of line.blindSpots) out.say(`  - ${spot}`);
}
