import { sql } from 'kysely';
import { type Changes, placeKey, refKey } from '../../../domain/changes.ts';
import type { Integration } from '../../../domain/integration.ts';
import { refOfKey } from '../../lines/shown-line.ts';
import type { Tools } from './line-sources.ts';

type Standing = { key: string; product_id: string; ref_key: string };

/**
 * The law that a change would break, in words, or `undefined`. The tables' own constraints hold the same laws; this
 * names both sides, and sees that a link is not moved without being dropped.
 */
export async function violatedConstraint({ ask, dialect }: Tools, changes: Changes): Promise<string | undefined> {
  const puts = changes.put.integrations ?? [];
  if (puts.length === 0) return undefined;
  const places = puts.map(({ productId, ref }) => placeKey(productId, ref.shopId));
  const refs = puts.map(({ ref }) => refKey(ref));
  const dropped = new Set(changes.drop.integrations ?? []);
  const rows = await ask(sql<Standing>`
    select key, product_id, ref_key from integrations
    where ${dialect.oneOf('key', places)} or ${dialect.oneOf('ref_key', refs)}`);
  const kept = rows.filter(({ key }) => !dropped.has(key));
  const byPlace = new Map(kept.map((row) => [row.key, row]));
  const byRef = new Map(kept.map((row) => [row.ref_key, row]));
  for (const [at, integration] of puts.entries()) {
    const own: Standing = { key: places[at] ?? '', product_id: integration.productId, ref_key: refs[at] ?? '' };
    const other = byPlace.get(own.key);
    if (other !== undefined && other.ref_key !== own.ref_key) return secondIntegration(integration, other);
    const holder = byRef.get(own.ref_key);
    if (holder !== undefined && holder.product_id !== own.product_id) {
      return `listing ${named(own.ref_key)} would belong to two products: ${own.product_id} beside ${holder.product_id}`;
    }
    byPlace.set(own.key, own);
    byRef.set(own.ref_key, own);
  }
  return undefined;
}

const named = (key: string): string => {
  const { shopId, shopProductId, shopVariantId } = refOfKey(key);
  return [shopId, shopProductId, ...(shopVariantId === undefined ? [] : [shopVariantId])].join(' ');
};
const secondIntegration = ({ productId, ref }: Integration, other: Standing): string =>
  `product ${productId} would get a second integration in ${ref.shopId}: ${named(refKey(ref))} beside ${named(other.ref_key)}`;
