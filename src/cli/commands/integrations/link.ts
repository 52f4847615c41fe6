import type { ListingRef, ShopId } from '../../../domain/ids.ts';
import { shortName } from '../../../views/format/format-context.ts';
import { formatRef, parseRef } from '../../../views/format/refs.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, shopIds } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveProduct, resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { matchEvidence } from './import-links.ts';

const refOf = (session: Session, shopId: ShopId, text: string): ListingRef => {
  const ref = parseRef(shopId, text);
  if (ref === undefined)
    throw new UsageError(session.words.cli.usage.invalidArgument(text), session.words.cli.tip.shopRef);
  return ref;
};

const link: CommandHandler<Session, object> = async (session, [asked = '', shopText = '', refText = '']) => {
  const { services, out, words } = session;
  if (refText === '')
    throw new UsageError(words.cli.usage.missingArgument('product, shop, shop-product-id'), words.cli.tip.link);
  const product = await resolveProduct(session, asked);
  const shop = await resolveShop(session, shopText);
  const ref = refOf(session, shop.id, refText);
  const { links } = await services.integrations.readLinks([{ line: 1, sku: product.id, shopId: shop.id, ref }]);
  const proof = matchEvidence(links[0] ?? { product }, words);
  const integration = await services.integrations.link(product.id, ref);
  if (session.format === 'json') out.data(jsonDocument('link', { integration }));
  else out.say(`${words.cli.linkedTo(shortName(product, words), `${shop.name} ${formatRef(ref)}`)} (${proof})`);
  return exit.ok;
};

/** `link`: makes a link by hand. */
export const linkCommand = defineCommand({
  name: 'link',
  help: 'link',
  arguments: [
    { name: '[product]', help: 'product' },
    { name: '[shop]', help: 'shop', values: shopIds },
    { name: '[shop-product-id]', help: 'shopRef' },
  ],
  run: link,
  examples: ['bindeled link SOK-1 dk 10234/7', 'bindeled link import koblinger.csv --dry-run'],
});
