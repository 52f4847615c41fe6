import type { DomainEvent } from '../../domain/event.ts';
import type { Content } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Words } from '../words/words.ts';

const changedFields = (before: Content, after: Content, words: Words): string => {
  const names: string[] = [];
  if (before.name !== after.name) names.push(words.domain.changes.name);
  if (before.description !== after.description) names.push(words.domain.changes.description);
  if (before.imageUrl !== after.imageUrl) names.push(words.domain.changes.imageUrl);
  if (before.price?.minor !== after.price?.minor || before.price?.currency !== after.price?.currency)
    names.push(words.domain.changes.price);
  return names.join(', ');
};

type Updated = Extract<DomainEvent, { readonly type: 'product-updated' }>;

/** What a shop changed about a product, field by field. */
export const updatedFields = ({ before, content, gtin }: Updated, words: Words): string =>
  [changedFields(before, content, words), gtin === undefined ? '' : words.domain.changes.gtin]
    .filter((part) => part !== '')
    .join(', ');

/** What is different of a shop, in words. */
export const shopFields = (before: Shop, shop: Shop, words: Words): string =>
  (
    [
      'name',
      'url',
      'country',
      'owner',
      'identity',
      'currency',
      'timeZone',
      'negative',
      'options',
      'caFile',
      'locations',
      'shopLocations',
    ] as const
  )
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(shop[field]))
    .map((field) => words.domain.shopField[field])
    .join(', ');
