import { longName } from '../../src/views/format/format-context.ts';
import { formatRef } from '../../src/views/format/refs.ts';
import { holderDetail } from '../../src/views/lookup/holder-lines.ts';
import { cleanName } from '../../src/views/text/cell-text.ts';
import { choose, lineWidth, maxLines, type PlainContext, plainText } from './plain-context.ts';
import { product } from './product-page.ts';

/** Looks a text up: the one product it names, or those to choose from. */
export async function search(context: PlainContext, given?: string): Promise<void> {
  const { services, words, ask, print } = context;
  const asked = given ?? (await ask(words.screen.plain.searchFor)) ?? '';
  if (asked === '') return;
  const [named, another] = await services.lookup.identify(asked);
  if (named !== undefined && another === undefined) return product(context, named.id);
  const found = await services.lookup.search(asked, maxLines);
  const isMeant = found.hits.length === 0;
  const hits = isMeant ? found.near : found.hits;
  const [first] = hits;
  if (isMeant) print(words.screen.foundNothing(asked));
  if (first === undefined) return;
  if (isMeant) print(words.screen.perhapsMeant);
  if (!isMeant && hits.length === 1 && first.product !== undefined) return product(context, first.product.id);
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
