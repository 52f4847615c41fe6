import { z } from 'zod';
import type { PushPlan, PushRow } from '../../domain/push-plan.ts';
import { type FieldsOf, ref, shopLocation, text, unreadable, whole } from './base-shapes.ts';

const planRow = z.lazy(() =>
  z.looseObject({
    productId: text,
    shopId: text,
    ref: ref.optional(),
    shopLocation: shopLocation.optional(),
    name: text.optional(),
    sku: text.optional(),
    onHand: whole.optional(),
    reserved: whole.optional(),
    available: whole.optional(),
    source: text.optional(),
    figureAt: text.optional(),
    locations: z.array(text).optional(),
    atLocations: whole.optional(),
    lastSent: whole.optional(),
    shopHad: whole.optional(),
    shopHadAt: text.optional(),
    willBe: whole.optional(),
    held: whole.optional(),
    guards: z.array(text).optional(),
    linkedBy: text.optional(),
    shopSku: text.optional(),
    unreadable: unreadable.optional(),
    kind: text.optional(),
    why: text.optional(),
  } satisfies FieldsOf<PushRow & { readonly why: string }>),
);
export const plan = z.lazy(() =>
  z.looseObject({
    id: text,
    madeAt: text,
    expiresAt: text.optional(),
    by: text.optional(),
    shopIds: z.array(text).optional(),
    rows: z.array(planRow),
    unchanged: whole.optional(),
    appliedAt: text.optional(),
    endedAt: text.optional(),
  } satisfies FieldsOf<PushPlan>),
);
