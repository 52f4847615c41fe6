import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import type { Route } from '../navigation/route.ts';
import { shopLine } from '../shops/shop-lines.ts';
import type { AttentionItem } from './first-page-row.ts';

/** Shops that cannot be read or that wait for an answer; one line where many have the same trouble. */
export const shopItems = (shops: readonly ShopOverview[], format: FormatContext): readonly AttentionItem[] =>
  manyAlike(
    shops.flatMap((overview) => itemsOf(overview, format)),
    format,
  );

/** `alike`: the trouble that other shops may have too. */
type ShopItem = AttentionItem & { readonly alike?: string; readonly shop?: string };

/** A shop that cannot be read, or that waits for an answer: to a sync, or to what it told of by itself. */
function itemsOf(overview: ShopOverview, format: FormatContext): readonly ShopItem[] {
  const { words, now } = format;
  const { shop, state, health } = overview;
  const route: Route = { screen: 'shop', shopId: shop.id };
  const held = state?.run?.outcome === 'stopped-by-guard' ? (state.run.heldRemovals ?? 0) : 0;
  if (held > 0) {
    const said = words.firstPage.asks(shopCode(shop.id), words.domain.integrations(number(held, words)));
    const when = state?.run?.endedAt === undefined ? [] : [{ text: ago(state.run.endedAt, now, words) }];
    return [{ id: `asks ${shop.id}`, said, route, tone: 'wrong', about: when, repair: words.firstPage.asksRepair }];
  }
  const told = state?.heldSignals;
  if (told !== undefined) {
    const links = words.domain.integrations(number(told.products.length, words));
    const said = words.firstPage.told(shopCode(shop.id), links);
    const about = [{ text: ago(told.at, now, words) }];
    return [{ id: `told ${shop.id}`, said, route, tone: 'wrong', about, repair: words.firstPage.asksRepair }];
  }
  if (health !== 'trouble' && health !== 'no-credentials' && health !== 'stale') return [];
  const line = shopLine(overview, format);
  const tone = health === 'stale' ? 'waiting' : 'wrong';
  const said = words.firstPage.trouble(shopCode(shop.id), line.health);
  const about = line.trouble === '' ? [] : ([{ text: line.trouble, tone }] as const);
  const item = { id: `trouble ${shop.id}`, said, route, tone, about, repair: words.firstPage.troubleRepair } as const;
  return [{ ...item, alike: line.health, shop: shopCode(shop.id) }];
}

/** So many shops with one and the same trouble stand on a line each; more of them stand on one. */
const alikeAlone = 3;

function manyAlike(items: readonly ShopItem[], { words }: FormatContext): readonly AttentionItem[] {
  const groups = [...Map.groupBy(items, ({ id, alike }) => alike ?? id)];
  return groups.flatMap(([what, group]) => {
    const [first] = group;
    if (first === undefined || group.length <= alikeAlone) return group;
    const shops = words.domain.shops(number(group.length, words));
    const codes = group.map(({ shop }) => shop);
    const said = words.firstPage.trouble(shops, what);
    return [
      {
        id: `trouble ${what}`,
        said: `${said} (${codes.join(', ')})`,
        shorter: [said],
        route: { screen: 'shops' },
        tone: first.tone,
        about: [{ text: said, tone: 'strong' }, { text: codes.join(', ') }],
        repair: words.firstPage.manyTroubleRepair,
      },
    ];
  });
}
