import type { PlainPage } from '../../src/views/commands/plain-menu.ts';
import { longName } from '../../src/views/format/format-context.ts';
import { formatRef } from '../../src/views/format/refs.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { inactiveLine } from '../../src/views/inactive/inactive-lines.ts';
import { holderDetail } from '../../src/views/lookup/holder-lines.ts';
import { cleanName } from '../../src/views/text/cell-text.ts';
import { conflicts } from './conflicts-page.ts';
import { choose, joinParts, lineWidth, list, maxLines, type PlainContext, plainText } from './plain-context.ts';
import { product } from './product-page.ts';
import { push } from './push-page.ts';
import { shops } from './shops-page.ts';
import { undo } from './undo-page.ts';

/** Looks a text up: the one product it names, or those to choose from. */
export async function search(context: PlainContext, given?: string): Promise<void> {
  const { services, words, ask, print } = context;
  const asked = given ?? (await ask(words.screen.plain.searchFor)) ?? '';
  if (asked === '') return;
  const [named, another] = await services.lookup.identify(asked);
  if (named !== undefined && another === undefined) return product(context, named.id);
  const { hits } = await services.lookup.search(asked, maxLines);
  const [first] = hits;
  if (first === undefined) return print(words.screen.foundNothing(asked));
  if (hits.length === 1 && first.product !== undefined) return product(context, first.product.id);
  const chosen = await choose(
    context,
    hits.map((hit) =>
      cleanName(hit.product === undefined ? (hit.listing?.content.name ?? '') : longName(hit.product, words)),
    ),
  );
  const hit = chosen === undefined ? undefined : hits[chosen];
  if (hit?.product !== undefined) return product(context, hit.product.id);
  if (hit?.listing !== undefined) return shopId(context, hit.listing.ref.shopProductId);
}

/** Who holds a product id, and who else wants it; nobody is an answer. */
export async function shopId(context: PlainContext, given?: string): Promise<void> {
  const id = given ?? (await context.ask(context.words.screen.plain.idFor)) ?? '';
  if (id === '') return;
  const holdings = await context.services.lookup.holders(id);
  if (holdings.length === 0) context.print(context.words.screen.nobodyHasId(id));
  for (const holding of holdings) {
    context.print(`${holding.shop.name} ${formatRef(holding.ref)}`);
    for (const line of holderDetail(holding, context.formatFor(), lineWidth)) {
      if (plainText(line) !== '') context.print(`  ${plainText(line)}`);
    }
  }
}

async function inactive(context: PlainContext): Promise<void> {
  const report = await context.services.inactive.list({ limit: maxLines });
  if (report.rows.length === 0) return context.print(context.words.screen.nothingInactive);
  if (report.total > maxLines) context.print(context.words.screen.countOf(String(maxLines), String(report.total)));
  const chosen = await choose(
    context,
    report.rows.map((row) => {
      const line = inactiveLine(row, context.formatFor());
      return joinParts(
        line.item,
        cleanName(line.name),
        line.shop,
        line.rung,
        line.onHand,
        line.exactValue,
        ...line.signals,
      );
    }),
  );
  const row = chosen === undefined ? undefined : report.rows[chosen];
  if (row !== undefined) await product(context, row.productId);
}

async function activity(context: PlainContext): Promise<void> {
  const events = await context.services.history.list({ limit: maxLines });
  list(
    context,
    events.map((event) => {
      const line = eventLine(event, context.formatFor());
      return joinParts(line.local, line.shop, line.sentence, line.who);
    }),
  );
}

/** What each choice of the plain mode does. */
export const plainPages: Readonly<Record<PlainPage, (context: PlainContext) => Promise<void>>> = {
  search,
  shopId,
  inactive,
  conflicts,
  push,
  shops,
  activity,
  undo,
};
