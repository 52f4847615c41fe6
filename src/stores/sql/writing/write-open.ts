import { sql } from 'kysely';
import { toSku } from '../../../domain/ids.ts';
import { ourSku, type Shop } from '../../../domain/shop.ts';
import { isOpen } from '../../lines/is-open-listing.ts';
import { piecesOf } from '../ask-in-turn.ts';
import type { Tools } from './line-sources.ts';

/** A listing, and what hangs on it, as far as it decides whether it is settled. */
export type OpenRow = {
  readonly key: string;
  readonly shop_id: string;
  readonly sku: string | null;
  readonly besides: number;
  readonly linkable: number;
  readonly resting: number;
  readonly is_open: number;
  readonly linked: string | null;
  readonly contested: string | null;
};

const atOnce = 1_000;

/** Works out anew whether these listings are settled. */
export async function writeOpen(tools: Tools, keys: ReadonlySet<string>, shops: readonly Shop[]): Promise<void> {
  for (const piece of piecesOf([...keys], atOnce)) {
    const rows = await tools.ask(sql<OpenRow>`
      select l.key, l.shop_id, l.sku, l.besides, l.linkable, l.resting, l.is_open, i.key as linked, c.key as contested
      from listings l left join integrations i on i.ref_key = l.key left join conflicts c on c.key = l.key
      where ${tools.dialect.oneOf('l.key', piece)}`);
    await turnOpen(tools, await wronglyOpen(tools, rows, shops));
  }
}

/** Those of these listings that are marked as settled and are not, or the other way round. */
export async function wronglyOpen(
  { ask, dialect }: Tools,
  rows: readonly OpenRow[],
  shops: readonly Shop[],
): Promise<readonly string[]> {
  const shopOf = new Map<string, Shop>(shops.map((shop) => [shop.id, shop]));
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
  const wrong = rows.filter((row) => {
    const settled = { besides: row.besides === 1, linkable: row.linkable === 1, resting: row.resting === 1 };
    const sku = ours(row);
    const around = {
      linked: row.linked !== null,
      contested: row.contested !== null,
      named: sku !== undefined && named.has(sku),
    };
    return isOpen(settled, around) !== (row.is_open === 1);
  });
  return wrong.map(({ key }) => key);
}

/** Marks listings as settled that were not, and the other way round. */
export async function turnOpen({ ask, dialect }: Tools, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await ask(sql`update listings set is_open = 1 - is_open where ${dialect.oneOf('key', keys)}`);
}
