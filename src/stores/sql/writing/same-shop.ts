import { type RawBuilder, sql } from 'kysely';
import type { Shop } from '../../../domain/shop.ts';
import { lineShop } from '../../lines/line-facts.ts';
import type { LineShop } from '../../lines/line-inputs.ts';
import { isAbout } from '../../lines/place-lines.ts';

/** When a record was written, out of its body: asked for where some shop's id was another's before it, and else `null`. */
export const momentWhere = (shops: readonly Shop[], field: 'at' | 'createdAt'): RawBuilder<unknown> =>
  shops.some(({ formerly }) => formerly !== undefined) ? sql`body ->> ${sql.lit(field)}` : sql`null`;

/** Whether what was found out then in a shop is about the one that bears its id today. */
export function sameShops(shops: readonly Shop[]): (shopId: string, at: string | null) => boolean {
  const lineShops = new Map<string, LineShop>(shops.map((shop) => [shop.id, lineShop(shop)]));
  return (shopId, at) => isAbout(lineShops.get(shopId) ?? {}, at ?? undefined);
}
