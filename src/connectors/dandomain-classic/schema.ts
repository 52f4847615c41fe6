import { z } from 'zod';
import { type Instant, instantOf } from '../../domain/ids.ts';
import { figure, flag, numberId as id, line, multilineText, name, timestamp, title } from '../decode.ts';
import { localInstant, perZone } from '../driver-parts/local-time.ts';
import { priceText } from '../driver-parts/price.ts';
import { requiredFlag, statedFlag } from '../driver-parts/rows/stated-flag.ts';
import { kindOf, reader, refuse } from '../json/value-reader.ts';

/*
 * What the WEBAPI writes. Shapes after the samples of loevgaard/dandomain-foundation-entities. Moments are
 * `/Date(1502790124000+0200)/`: the milliseconds are UTC, the offset only says how to show them.
 */

/** A moment in Microsoft's JSON form, in ISO 8601, or in the shop's own time without a zone. */
const momentIn = (zone: string) =>
  z.unknown().transform((value): Instant | undefined => {
    const text = typeof value === 'string' ? value : '';
    const milliseconds = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text)?.[1];
    if (milliseconds !== undefined) return farMoment(Number(milliseconds));
    return timestamp.parse(value) ?? localInstant(text, zone);
  });

/** .NET writes its zero date as a moment in year 1: that is none. */
const farMoment = (milliseconds: number): Instant | undefined =>
  milliseconds > 0 && milliseconds < 8.64e15 ? instantOf(milliseconds) : undefined;

/** A list whose rows that cannot be read are left out: nothing of a link hangs on them. */
const listOf = <Value>(row: z.ZodType<Value>) =>
  z.unknown().transform((value): readonly Value[] =>
    (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
      const read = row.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );

/** The same, where it is a list: what stands in its place is not an empty one. */
const rowsOf = <Value>(row: z.ZodType<Value>) =>
  reader((value, payload): readonly Value[] =>
    value === null || value === undefined || Array.isArray(value)
      ? listOf(row).parse(value)
      : refuse(payload, `is ${kindOf(value)}, not a list`),
  );

/** Where and under which name a product stands in one site. `siteID` in answers, `siteId` elsewhere. */
const settingSchema = z
  .object({
    siteID: id.optional(),
    siteId: id.optional(),
    name: name.optional(),
    hidden: requiredFlag,
    shortDescription: multilineText.optional(),
    longDescription: multilineText.optional(),
    retailSalesPrice: priceText.optional(),
  })
  .transform(({ siteID, siteId, ...rest }, context) => {
    const site = siteID ?? siteId;
    if (site === undefined) context.addIssue({ code: 'custom', path: ['siteID'], message: 'is missing' });
    return { site: site ?? '', ...rest };
  });
export type SiteSetting = z.infer<typeof settingSchema>;

/** A campaign, within which alone a price holds. */
const periodIn = (zone: string) =>
  z.object({ disabled: flag.optional(), startDate: momentIn(zone).optional(), endDate: momentIn(zone).optional() });

const priceIn = (zone: string) =>
  z.object({
    period: periodIn(zone)
      .nullish()
      .transform((period) => period ?? undefined),
    amount: line.optional().catch(undefined),
    b2BGroupId: line.optional().catch(undefined),
    currencyCode: line.optional().catch(undefined),
    unitPrice: priceText.optional(),
  });

export type ClassicPrice = z.infer<ReturnType<typeof priceIn>>;

const variantSchema = z.object({ text: title.optional() });

/** A product, a variant master or a variant: every one is a row of its own, with a number of its own. */
export const productSchemaIn = perZone((zone) =>
  z.object({
    id,
    number: line.optional(),
    barCodeNumber: line.optional(),
    isVariantMaster: statedFlag.optional(),
    /** The master's *number*, not its id. */
    variantMasterId: line.optional(),
    variants: listOf(variantSchema).optional(),
    siteSettings: z
      .array(settingSchema)
      .nullish()
      .transform((settings) => settings ?? undefined),
    prices: rowsOf(priceIn(zone)).optional(),
    picture: line.optional().catch(undefined),
    stockCount: figure.optional(),
    isGiftCertificate: flag.optional(),
    fileSaleLink: line.optional().catch(undefined),
    created: momentIn(zone).optional(),
    updated: momentIn(zone).optional(),
  }),
);
export type ClassicProduct = z.infer<ReturnType<typeof productSchemaIn>>;

export const siteSchema = z.object({
  id,
  name: title.optional(),
  currencyCode: line.optional().catch(undefined),
});
export type ClassicSite = z.infer<typeof siteSchema>;

export const stateSchema = z.object({
  id,
  name: title.optional(),
  exclStatistics: flag.optional(),
  isDefault: flag.optional(),
});
export type OrderState = z.infer<typeof stateSchema>;

/** `productId` holds the product's number. */
const orderLineSchema = z.object({
  productId: line.optional().catch(undefined),
  quantity: z.unknown().transform((value) => Number(String(value).replace(',', '.'))),
});

export const orderSchemaIn = perZone((zone) =>
  z.object({
    id,
    createdDate: momentIn(zone).optional(),
    incomplete: flag.optional(),
    orderState: stateSchema.optional().catch(undefined),
    orderLines: listOf(orderLineSchema),
  }),
);
export type ClassicOrder = z.infer<ReturnType<typeof orderSchemaIn>>;
