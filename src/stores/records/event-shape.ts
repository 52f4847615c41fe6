import { z } from 'zod';
import type { EventType } from '../../domain/event.ts';
import { actor, conflict, content, integration, listing, mark, product, ref, ruling, shop, stock } from './shapes.ts';

const text = z.string();
const base = { seq: z.int(), at: text, by: actor, actId: text.optional() };
const event = <Type extends EventType>(type: Type, fields: z.ZodRawShape) =>
  z.looseObject({ ...base, type: z.literal(type), ...fields });

const optionalProduct = { productId: text.optional() };

const makeEventShape = () =>
  z.discriminatedUnion('type', [
    event('product-created', { product, from: ref.optional() }),
    event('product-updated', { productId: text, before: content, content, from: ref }),
    event('product-renamed', { productId: text, sku: text, from: ref }),
    event('integration-created', { integration }),
    event('integration-removed', { integration, because: text }),
    event('conflict-found', { conflict }),
    event('conflict-cleared', { conflict }),
    event('activity-changed', { ref, ...optionalProduct, was: text, now: text }),
    event('listing-gone', { listing, ...optionalProduct }),
    event('stock-changed', { productId: text, before: stock, stock, why: text }),
    event('gone-from-warehouse', { productId: text, source: text }),
    event('back-in-warehouse', { productId: text, source: text }),
    event('stock-pushed', { productId: text, ref, quantity: z.number() }),
    event('push-refused', { productId: text, shopId: text, ref: ref.optional(), why: text }),
    event('product-fetched', { ...optionalProduct, shopId: text, asked: text, outcome: text }),
    event('marked', { mark }),
    event('unmarked', { mark }),
    event('ruled', { ruling }),
    event('unruled', { ruling }),
    event('run-finished', { run: z.looseObject({ id: text, shopId: text }) }),
    event('sync-answered', { shopId: text, runId: text, accepted: z.number() }),
    event('shop-added', { shop }),
    event('shop-changed', { before: shop, shop }),
    event('shop-removed', { shop }),
    event('undone', { undoes: z.number(), what: text, ...optionalProduct, shopId: text.optional() }),
  ]);

let made: ReturnType<typeof makeEventShape> | undefined;

/** The shape of what happened, as it is kept. Made when the first event is read: most commands read none. */
export function eventShape(): z.ZodType {
  made ??= makeEventShape();
  return made;
}
