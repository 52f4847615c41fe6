import { type RawBuilder, sql } from 'kysely';
import { refKey } from '../../../domain/changes.ts';
import { type RunId, toPlanId, toProductId, toShopId } from '../../../domain/ids.ts';
import type { BoundedReader } from '../../../ports/store-questions.ts';
import { makeRead, type ReaderTools } from './read.ts';
import { makeLineReader } from './reader-lines.ts';

const isUnseen = (runId: RunId): RawBuilder<unknown> =>
  sql`(t.seen_in is null or t.seen_in <> ${runId}) and not exists (
    select 1 from listing_codes c where c.kind = 'seen_in' and c.code = ${runId} and c.key = t.key)`;

type Pages = Omit<BoundedReader, 'acts' | 'eventsOf'>;

/** Answers a page at a time, each found by where the one before ended. */
export function makePages(tools: ReaderTools): Pages {
  const { ask } = tools;
  const read = makeRead(tools);
  const onward = (after: string | undefined): RawBuilder<unknown> =>
    after === undefined ? sql`true` : sql`t.key > ${after}`;
  const listings = (
    shopId: string,
    { after, limit }: Pick<Parameters<Pages['listingPage']>[0], 'after' | 'limit'>,
    matchesQuery: RawBuilder<unknown>,
  ) =>
    read(
      'listings',
      sql`listings t where t.shop_id = ${shopId} and ${matchesQuery} and ${onward(after && refKey(after))} order by t.key limit ${limit}`,
    );
  return {
    ...makeLineReader(tools),
    integrationPage: ({ shopId, after, limit }) => {
      const from = after === undefined ? sql`true` : sql`t.product_id > ${after}`;
      return read(
        'integrations',
        sql`integrations t where t.shop_id = ${shopId} and ${from} order by t.product_id limit ${limit}`,
      );
    },
    listingPage: (request) => listings(request.shopId, request, sql`true`),
    openListings: (request) => listings(request.shopId, request, sql`t.is_open = 1`),
    unseenListings: (request) => listings(request.shopId, request, isUnseen(request.runId)),
    // From what was shown to what lies under the same id: the other way round all of a shop would be gone through.
    unseenVariants: ({ shopId, runId, after, limit }) =>
      read(
        'listings',
        sql`listings t where t.key in (
          select v.key from listings s join listings v on v.shop_product_id = s.shop_product_id and v.shop_id = s.shop_id
          where s.shop_id = ${shopId} and s.seen_in = ${runId} and s.shop_variant_id is null
        ) and ${isUnseen(runId)} and ${onward(after && refKey(after))} order by t.key limit ${limit}`,
      ),
    unsentProducts: async ({ shopId, after, limit }) => {
      const rows = await ask(sql<{ product_id: string }>`
        select product_id from shop_lines
        where shop_id = ${shopId} and unsent = 1 and state = 'linked' and product_id > ${after ?? ''}
        order by product_id limit ${limit}`);
      return rows.map(({ product_id }) => toProductId(product_id));
    },
    planIds: async ({ madeBefore, limit }) => {
      const from = madeBefore === undefined ? sql`true` : sql`made_at < ${madeBefore}`;
      const rows = await ask(
        sql<{ key: string }>`select key from plans where ${from} order by made_at desc limit ${limit}`,
      );
      return rows.map(({ key }) => toPlanId(key));
    },
    inStock: async () => {
      const shelf = await ask(sql<{ one: number }>`select 1 as one from products where on_hand > 0 limit 1`);
      const rows = await ask(
        sql<{ shop_id: string; value: number }>`select shop_id, value from counters where name = 'lines in-stock'`,
      );
      const linked = new Map(rows.flatMap((row) => (row.value > 0 ? [[toShopId(row.shop_id), row.value]] : [])));
      return { any: shelf.length > 0, linked };
    },
    inactiveCandidates: async ({ after, unsoldBefore, at, limit }) => {
      const silent = [...unsoldBefore].map(
        ([shopId, before]) => sql`(shop_id = ${shopId} and quiet_since <= ${before})`,
      );
      const says = sql.join([sql`suspect = 1`, ...silent], sql` or `);
      const rows = await ask(sql<{ product_id: string }>`
        select distinct product_id from shop_lines
        where in_stock = 1 and product_id is not null and product_id > ${after ?? ''} and (${says})
          and (hidden_until is null or hidden_until <= ${at})
        order by product_id limit ${limit}`);
      return rows.map(({ product_id }) => toProductId(product_id));
    },
    conflictPage: ({ shopId, after, limit }) => {
      const here = shopId === undefined ? sql`true` : sql`t.shop_id = ${shopId}`;
      const from = after === undefined ? sql`true` : sql`(t.since, t.key) < (${after.since}, ${refKey(after.ref)})`;
      return read(
        'conflicts',
        sql`conflicts t where ${here} and ${from} order by t.since desc, t.key desc limit ${limit}`,
      );
    },
  };
}
