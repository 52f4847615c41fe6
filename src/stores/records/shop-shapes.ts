import { z } from 'zod';
import type { Run, Shop, ShopState, ShopTrouble, UnreadableRow } from '../../domain/shop.ts';
import { type FieldsOf, text, whole } from './base-shapes.ts';

const unreadableRow = z.lazy(() =>
  z.looseObject({
    shopProductId: text.optional(),
    shopVariantId: text.optional(),
    where: text,
    said: text,
    at: text.optional(),
  } satisfies FieldsOf<UnreadableRow>),
);

const troubleFields = {
  kind: text,
  said: text,
  reason: text.optional(),
  saidBy: z.enum(['us', 'shop']).optional(),
} satisfies FieldsOf<ShopTrouble>;

export const shop = z.lazy(() =>
  z.looseObject({
    id: text,
    name: text,
    platform: text,
    url: text,
    owner: z.looseObject({ name: text, skuPostfix: text }).optional(),
    negative: z.enum(['send', 'hold-at-zero']).optional(),
    paused: z.boolean().optional(),
    country: text.optional(),
    identity: text.optional(),
    currency: text.optional(),
    timeZone: text.optional(),
    options: z.record(text, text).optional(),
    caFile: text.optional(),
    addedAt: text.optional(),
    formerly: z.looseObject({ identity: text.optional(), since: text.optional() }).optional(),
    locations: z.array(text).optional(),
    shopLocations: z.array(z.looseObject({ id: text, name: text.optional(), from: z.array(text) })).optional(),
  } satisfies FieldsOf<Shop>),
);
export const run = z.lazy(() =>
  z.looseObject({
    id: text,
    shopId: text.optional(),
    kind: text.optional(),
    status: text.optional(),
    startedAt: text.optional(),
    endedAt: text.optional(),
    outcome: text.optional(),
    counts: z
      .looseObject({
        seen: whole.optional(),
        productsCreated: whole.optional(),
        updated: whole.optional(),
        linked: whole.optional(),
        unlinked: whole.optional(),
        conflicts: whole.optional(),
        broken: whole.optional(),
      })
      .optional(),
    cursor: text.optional(),
    readToEnd: z.boolean().optional(),
    watermark: text.optional(),
    trouble: z.looseObject(troubleFields).optional(),
    salesTrouble: z.looseObject(troubleFields).optional(),
    heldRemovals: whole.optional(),
    unreadable: z.array(unreadableRow).optional(),
    workedMs: whole.optional(),
  } satisfies FieldsOf<Run>),
);
export const shopState = z.lazy(() =>
  z.looseObject({
    shopId: text,
    run: run.unwrap().extend({ kind: text, status: text, startedAt: text }).optional(),
    lastComplete: z.looseObject({ runId: text, startedAt: text, at: text, listings: whole }).optional(),
    watermark: text.optional(),
    stockReadAt: text.optional(),
    sales: z.looseObject({ from: text, to: text }).optional(),
    lastAnswerAt: text.optional(),
    lastTrouble: z
      .looseObject({ ...troubleFields, at: text, status: z.number().optional(), sending: z.boolean().optional() })
      .optional(),
    notBlind: z.array(text).optional(),
    clockAheadMs: whole.optional(),
    heldSignals: z.looseObject({ at: text, products: z.array(text) }).optional(),
    unreadable: z.array(unreadableRow).optional(),
  } satisfies FieldsOf<ShopState>),
);
