import { type Changes, placeKey, refKey } from '../../domain/changes.ts';
import type { Integration } from '../../domain/integration.ts';
import { integrationAtRef } from './indexes.ts';
import { keyInShop } from './key-in-shop.ts';
import type { StoreTables } from './table.ts';

const nameOf = ({ ref }: Integration): string =>
  [ref.shopId, ref.shopProductId, ...(ref.shopVariantId === undefined ? [] : [ref.shopVariantId])].join(' ');

/**
 * The law that a change would break, in words, or `undefined`. First law: a product has at most one integration
 * in a shop; to move a link, the change must drop the old one. Second law: a listing belongs to at most one
 * product. Drops come before puts.
 */
export function violatedConstraint(tables: StoreTables, changes: Changes): string | undefined {
  const puts = changes.put.integrations ?? [];
  if (puts.length === 0) return undefined;
  const dropped = new Set(changes.drop.integrations ?? []);
  const newByPlace = new Map<string, Integration>();
  const newByRef = new Map<string, Integration>();
  for (const integration of puts) {
    const place = placeKey(integration.productId, integration.ref.shopId);
    const ref = refKey(integration.ref);
    const standing = dropped.has(place)
      ? undefined
      : tables.integrations.find(integration.ref.shopId, integration.productId);
    const other = newByPlace.get(place) ?? standing;
    if (other !== undefined && refKey(other.ref) !== ref) return secondIntegration(integration, other);
    const holder = newByRef.get(ref) ?? holdersOf(tables, integration).find((held) => !gives(held, dropped));
    if (holder !== undefined && holder.productId !== integration.productId) return secondProduct(integration, holder);
    newByPlace.set(place, integration);
    newByRef.set(ref, integration);
  }
  return undefined;
}

const holdersOf = (tables: StoreTables, { ref }: Integration): readonly Integration[] =>
  tables.integrations.by(integrationAtRef, keyInShop(ref), ref.shopId);

const gives = (held: Integration, dropped: ReadonlySet<string>): boolean =>
  dropped.has(placeKey(held.productId, held.ref.shopId));

const secondIntegration = (wanted: Integration, standing: Integration): string =>
  `product ${wanted.productId} would get a second integration in ${wanted.ref.shopId}: ${nameOf(wanted)} beside ${nameOf(standing)}`;

const secondProduct = (wanted: Integration, holder: Integration): string =>
  `listing ${nameOf(wanted)} would belong to two products: ${wanted.productId} beside ${holder.productId}`;

/** The law that records read from a file break, in words. The first law is kept by their place in the table. */
export function corruptConstraint({ integrations }: StoreTables): string | undefined {
  const [one, other] = integrations.sharing(integrationAtRef) ?? [];
  return one === undefined || other === undefined ? undefined : secondProduct(other, one);
}
