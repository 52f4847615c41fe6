import { sql } from 'kysely';
import { toSku } from '../../../domain/ids.ts';
import { ourSku, type Shop } from '../../../domain/shop.ts';
import { isOpen } from '../../lines/is-open-listing.ts';
import { piecesOf } from '../ask-in-turn.ts';
import type { Tools } from './line-sources.ts';

type OpenRow = {
  key: string;
  shop_id: string;
  sku: string | null;
  besides: number;
  linkable: number;
  resting: number;
  is_open: number;
  linked: string | null;
  contested: string | null;
};

const atOnce = 1_000;

/** Works out anew whether these listings are settled. */
export async function writeOpen(tools: Tools, keys: ReadonlySet<string>, shops: readonly Shop[]): Promise<void> {
  const shopOf = new Map<string, Shop>(shops.map((shop) => [shop.id, shop]));
  for (const piece of piecesOf([...keys], atOnce)) await writePiece(tools, piece, shopOf);
}

async function writePiece(
  { ask, dialect }: Tools,
  keys: readonly string[],
  shopOf: ReadonlyMap<string, Shop>,
): Promise<void> {
  const rows = await ask(sql<OpenRow>`
    select l.key, l.shop_id, l.sku, l.besides, l.linkable, l.resting, l.is_open, i.key as linked, c.key as contested
    from listings l left join integrations i on i.ref_key = l.key left join conflicts c on c.key = l.key
    where ${dialect.oneOf('l.key', keys)}`);
  const ours = ({ shop_id, sku }: OpenRow): string | undefined => {
    const shop = shopOf.get(shop_id);
    return sku === null ? undefined : shop === undefined ? sku : ourSku(shop, toSku(sku));
  };
  const wanted = [
    ...new Set(
      rows.filter(({ linkable, resting }) => linkable === 0 && resting === 1).flatMap((row) => ours(row) ?? []),
    ),
  ];
  const named = new Set(
    wanted.length === 0
      ? []
      : (await ask(sql<{ sku: string }>`select sku from products where ${dialect.oneOf('sku', wanted)}`)).map(
          ({ sku }) => sku,
        ),
  );
  const moved = rows.filter((row) => {
    const settled = { besides: row.besides === 1, linkable: row.linkable === 1, resting: row.resting === 1 };
    const sku = ours(row);
    const around = {
      linked: row.linked !== null,
      contested: row.contested !== null,
      named: sku !== undefined && named.has(sku),
    };
    return isOpen(settled, around) !== (row.is_open === 1);
  });
  if (moved.length === 0) return;
  await ask(
    sql`update listings set is_open = 1 - is_open where ${dialect.oneOf(
      'key',
      moved.map(({ key }) => key),
    )}`,
  );
}
