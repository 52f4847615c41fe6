import { z } from 'zod';
import type { DomainEvent, EventType } from '../../domain/event.ts';
import { actor, type FieldsOf, ref, shopLocation, text } from './base-shapes.ts';
import { conflict, content, integration, listing, mark, product, ruling, stock } from './shapes.ts';
import { run, shop } from './shop-shapes.ts';

const base = { seq: z.int(), at: text, by: actor, actId: text.optional() };
type OwnFields<Type extends EventType> = Omit<
  Extract<DomainEvent, { readonly type: Type }>,
  'at' | 'by' | 'actId' | 'type'
>;
const event = <Type extends EventType>(type: Type, fields: FieldsOf<OwnFields<Type>>) =>
  z.looseObject({ ...base, type: z.literal(type), ...fields });

const pushed = { held: z.number().optional(), planId: text.optional(), shopLocation: shopLocation.optional() };
const optionalProduct = { productId: text.optional() };

const makeEventShape = () =>
  z.discriminatedUnion('type', [
    event('product-created', { product, from: ref.optional() }),
    event('product-updated', {
      productId: text,
      before: content,
      content,
      from: ref.optional(),
      source: text.optional(),
      followed: ref.optional(),
      gtin: z.looseObject({ was: text.optional(), now: text.optional() }).optional(),
    }),
    event('product-renamed', {
      productId: text,
      was: text.optional(),
      sku: text,
      from: ref.optional(),
      source: text.optional(),
    }),
    event('integration-created', { integration }),
    event('integration-removed', { integration, because: text, note: text.optional() }),
    event('conflict-found', { conflict }),
    event('conflict-cleared', { conflict }),
    event('activity-changed', { ref, ...optionalProduct, was: text, now: text, shopSays: text.optional() }),
    event('listing-gone', { listing, ...optionalProduct }),
    event('stock-changed', {
      productId: text,
      before: stock,
      stock,
      why: text,
      counted: z.looseObject({ location: text.optional(), was: z.number() }).optional(),
    }),
    event('gone-from-warehouse', { productId: text, source: text, accepted: z.boolean().optional() }),
    event('back-in-warehouse', { productId: text, source: text }),
    event('stock-pushed', { productId: text, ref, quantity: z.number(), was: z.number().optional(), ...pushed }),
    event('push-refused', {
      productId: text,
      shopId: text,
      ref: ref.optional(),
      quantity: z.number().optional(),
      why: text,
      said: text.optional(),
      ...pushed,
    }),
    event('product-fetched', {
      ...optionalProduct,
      shopId: text,
      asked: text,
      outcome: text,
      tookMs: z.number().optional(),
      said: text.optional(),
      saidBy: z.enum(['us', 'shop']).optional(),
    }),
    event('marked', { mark }),
    event('unmarked', { mark }),
    event('ruled', { ruling }),
    event('unruled', { ruling }),
    event('run-finished', { run: run.unwrap().extend({ shopId: text }) }),
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
