import type { TableWords } from './first-tables.ts';

/**
 * What the fourth version added: which variants may be gone, what the shops were told, how much of what is linked lies
 * on the shelf, and what nobody can buy though it is active. Where a row would have to be worked out anew it is given
 * the answer that is looked at more closely, until it is written the next time.
 */
export const unsentTables = ({ number }: TableWords): readonly string[] => [
  `alter table listings add column parent ${number} not null default 0`,
  `alter table listings add column tellable ${number} not null default 0`,
  `alter table shop_lines add column unsent ${number} not null default 1`,
  "update listings set parent = 1 where body ->> 'sellable' = 'parent'",
  `update listings set sold = 0 where sold = 1 and (
    body ->> 'unbuyable' is not null or body -> 'stock' ->> 'outOfStock' is not null)`,
  `update shop_lines set suspect = 1 where suspect = 0 and state = 'linked'
    and ref_key in (select key from listings where sold = 0)`,
  'create index listings_parents on listings (shop_id, seen_in) where parent = 1',
  "create index shop_lines_unsent on shop_lines (shop_id, product_id) where unsent = 1 and state = 'linked'",
  'create index products_in_stock on products (ord) where on_hand > 0',
  'create index plans_made on plans (made_at)',
  `insert into counters (name, shop_id, value) select 'lines in-stock', shop_id, count(*) from shop_lines
    where in_stock = 1 and state = 'linked' and hidden_until is null group by shop_id`,
];
