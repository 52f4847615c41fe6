import { z } from 'zod';
import type { Instant } from '../../domain/ids.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { figure, flag, id, line, multilineText, name, readRow, title } from '../decode.ts';
import { localInstant, perZone } from '../driver-parts/local-time.ts';
import { priceText } from '../driver-parts/price.ts';
import { requiredFlag } from '../driver-parts/rows/stated-flag.ts';

/** A value as the SOAP package reads it, without attributes and nulls: text, or an object of such values, or a list. */
export function plainValue(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).filter(([name]) => name !== 'attributes');
  const text = entries.find(([name]) => name === '$value');
  if (text !== undefined) return plainValue(text[1]);
  return Object.fromEntries(entries.map(([name, one]) => [name, plainValue(one)]));
}

/** A list, which one thing alone is not written as: no `item`, one, or many. */
export function itemsIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !('item' in value)) return [];
  const { item } = value;
  if (item === undefined) return [];
  return Array.isArray(item) ? item : [item];
}

/** `yyyy-mm-dd hh:mm:ss` in the shop's own time; zero dates are none. */
const momentIn = (zone: string) =>
  z
    .unknown()
    .transform((value): Instant | undefined => (typeof value === 'string' ? localInstant(value, zone) : undefined));

const list = z.unknown().transform(itemsIn);
const texts = list.transform((rows) => rows.flatMap((row) => (typeof row === 'string' ? [row] : [])));
const soft = line.optional().catch(undefined);

const pictureSchema = z.object({ FileName: soft });
const locationSchema = z.object({ StockLocationId: id, Stock: figure.optional() });

const read = <Value>(schema: z.ZodType<Value>) =>
  list.transform((rows) =>
    rows.flatMap((row) => {
      const one = schema.safeParse(row);
      return one.success ? [one.data] : [];
    }),
  );

const common = {
  Id: id,
  ItemNumber: line.optional(),
  Ean: line.optional(),
  Status: requiredFlag,
  Stock: figure.optional(),
  DisableOnEmpty: flag.optional(),
  Price: priceText.optional(),
  Title: name.optional(),
  Description: multilineText.optional(),
  StockLocations: read(locationSchema).optional(),
};

export const variantSchema = z.object({ ...common, ProductId: id.optional().catch(undefined) });
export type WebshopVariant = z.infer<typeof variantSchema>;

/** A product: the part of it that we read. Ids of products and of variants are two number spaces. */
const productSchemaIn = perZone((zone) =>
  z.object({
    ...common,
    Online: flag.optional(),
    CallForPrice: flag.optional(),
    /** `1`: counted; `0`: not; blank: as the shop is set. */
    AutoStock: soft,
    /** Whether it can be bought at nought: `1`, `0`, or blank. */
    OutOfStockBuy: soft,
    TypeLabel: soft,
    LanguageAccess: texts.optional(),
    PacketProducts: list.optional(),
    Pictures: read(pictureSchema).optional(),
    Variants: list.optional(),
    DateCreated: momentIn(zone).optional(),
    DateUpdated: momentIn(zone).optional(),
  }),
);
type RawProduct = z.infer<ReturnType<typeof productSchemaIn>>;
export type WebshopProduct = Omit<RawProduct, 'Variants'> & {
  /** Those that can be read. */
  readonly variants: readonly WebshopVariant[];
  /** It is sold through variants, readable or not. */
  readonly hasVariants: boolean;
};

/** A row of a product as a product; what cannot be read of it is named: the product itself, or a variant of it. */
export function readProduct(
  row: unknown,
  zone: string,
): { readonly product?: WebshopProduct; readonly broken: readonly BrokenRow[] } {
  const own = readRow(productSchemaIn(zone), row);
  if (!own.ok) return { broken: [{ ...own.broken, shopProductId: rawIdOf(row) }] };
  const { Variants = [], ...rest } = own.value;
  const each = Variants.map((variant) => readRow(variantSchema, variant));
  const broken = each.flatMap((one, at) =>
    one.ok
      ? []
      : [
          {
            ...one.broken,
            ...variantNames(rest.Id, rawIdOf(Variants[at])),
            where: `variant ${rawIdOf(Variants[at]) ?? ''}: ${one.broken.where}`,
          },
        ],
  );
  const variants = each.flatMap((one) => (one.ok ? [one.value] : []));
  return { product: { ...rest, variants, hasVariants: Variants.length > 0 }, broken };
}

/** What names a variant that nobody can read: by its product alone where it has no id. */
const variantNames = (shopProductId: string, shopVariantId: string | undefined) =>
  shopVariantId === undefined ? { shopProductId } : { shopProductId, shopVariantId };

/** The id of a row that may be anything. */
export const rawIdOf = (row: unknown): string | undefined =>
  typeof row === 'object' && row !== null && 'Id' in row && typeof row.Id === 'string' ? row.Id : undefined;

/** A field without which rows say nothing that may be believed, where it is missing on every row that should have it. */
export function undelivered(rows: readonly unknown[]): string | undefined {
  const variants = rows.flatMap(variantRows);
  const units = rows.filter((row) => variantRows(row).length === 0);
  const lacks = (all: readonly unknown[], name: string): boolean =>
    all.length > 0 && !all.some((row) => has(row, name));
  if (lacks(rows, 'Status')) return 'Status';
  if (lacks(units, 'Stock')) return 'Stock';
  return ['Status', 'Stock'].find((name) => lacks(variants, name));
}

const variantRows = (row: unknown): readonly unknown[] =>
  typeof row === 'object' && row !== null && 'Variants' in row ? itemsIn(row.Variants) : [];

const has = (row: unknown, name: string): boolean =>
  typeof row === 'object' &&
  row !== null &&
  name in row &&
  (row as Readonly<Record<string, unknown>>)[name] !== undefined;

export const webinfoSchema = z.object({
  Title: title.optional(),
  Company: title.optional(),
  LanguageISO: soft,
  SolutionId: soft,
});
export type Webinfo = z.infer<typeof webinfoSchema>;

export const languageSchema = z.object({ LanguageISO: id, Title: title.optional(), Primary: flag.optional() });
export const currencySchema = z.object({ Iso: id, Currency: soft });
export const stateSchema = z.object({ Id: id, Title: title.optional() });

const orderLineSchema = z.object({
  ProductId: id.optional().catch(undefined),
  VariantId: id.optional().catch(undefined),
  ItemNumber: soft,
  Amount: z.unknown().transform(Number),
});

export const orderSchemaIn = perZone((zone) =>
  z.object({
    Id: id,
    Status: soft,
    Total: z.unknown().transform(Number).optional(),
    DateUpdated: momentIn(zone).optional(),
    OrderLines: read(orderLineSchema).optional(),
  }),
);
export type WebshopOrder = z.infer<ReturnType<typeof orderSchemaIn>>;
