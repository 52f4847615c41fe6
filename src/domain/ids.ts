import { looseText } from './look-alikes.ts';
import { latePattern } from './text/late-pattern.ts';

/** The ids of the trade, branded so that one kind can never be passed for another. */
declare const brand: unique symbol;
export type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

export type ProductId = Branded<string, 'ProductId'>;
export type ShopId = Branded<string, 'ShopId'>;
/** The id the shop gave when the product was created there (PeakWMS: *produkt id*). Always text. */
export type ShopProductId = Branded<string, 'ShopProductId'>;
/** The id the shop gave to one variant of a product. Always text. */
export type ShopVariantId = Branded<string, 'ShopVariantId'>;
/** Our item number (PeakWMS: *varenummer*), kept exactly as written. */
export type Sku = Branded<string, 'Sku'>;
/** An EAN or UPC of 8, 12, 13 or 14 digits with a right check digit, kept in its 14-digit form. */
export type Gtin = Branded<string, 'Gtin'>;
/** A moment in UTC, ISO 8601 with milliseconds and `Z`, so that text order is time order. */
export type Instant = Branded<string, 'Instant'>;
/** The software a shop runs on, by the id of its driver: `woocommerce`, `prestashop`. Any text is one: a stored platform may be unknown to this version. */
export type PlatformId = Branded<string, 'PlatformId'>;
/** One sync of one shop. */
export type RunId = Branded<string, 'RunId'>;
/** One push plan. */
export type PlanId = Branded<string, 'PlanId'>;
/** One act: whatever a person or a program did in one go, however many events it left. */
export type ActId = Branded<string, 'ActId'>;

/** The natural key of one sellable thing in one shop (D1, D2, H14). */
export type ListingRef = {
  readonly shopId: ShopId;
  readonly shopProductId: ShopProductId;
  /** Absent: the product itself is what is sold. */
  readonly shopVariantId?: ShopVariantId;
};

export const toProductId = (text: string): ProductId => text as ProductId;
export const toShopId = (text: string): ShopId => text as ShopId;
export const toShopProductId = (text: string): ShopProductId => text as ShopProductId;
export const toShopVariantId = (text: string): ShopVariantId => text as ShopVariantId;
export const toSku = (text: string): Sku => text as Sku;
export const toPlatformId = (text: string): PlatformId => text as PlatformId;
export const toRunId = (text: string): RunId => text as RunId;
export const toPlanId = (text: string): PlanId => text as PlanId;
export const toActId = (text: string): ActId => text as ActId;

/** The moment a number of milliseconds after 1970 (UTC) names. */
export const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/** Milliseconds since 1970 (UTC). */
export const millisecondsOf = (instant: Instant): number => Date.parse(instant);

/** The instant that a text names, when it names one with a zone; `undefined` otherwise. */
export function parseInstant(text: string): Instant | undefined {
  // As most shops write it, and on a day that every month has: nothing is left to be reckoned.
  if (everyMonths.test(text)) return `${text.slice(0, 19)}.000Z` as Instant;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds);
}

const everyMonths =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.000)?Z$/;

/** The instant a number of milliseconds later (earlier when negative). */
export const later = (instant: Instant, milliseconds: number): Instant =>
  instantOf(millisecondsOf(instant) + milliseconds);

/**
 * A GTIN out of free text: 8, 12, 13 or 14 digits whose check digit is right, in 14 digits; `undefined`
 * otherwise. Blanks and hyphens between digits are passed over. A barcode that is not a GTIN is still kept
 * on the listing as it came.
 */
export function parseGtin(text: string): Gtin | undefined {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(digits)) return undefined;
  const padded = digits.padStart(14, '0');
  if (/^0+$/.test(padded)) return undefined;
  const sum = [...padded.slice(0, 13)].reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(padded[13]) ? (padded as Gtin) : undefined;
}

/** The GTIN as people know it: without the zeros that pad an EAN-13, UPC or EAN-8. */
export function shownGtin(gtin: Gtin): string {
  if (gtin.startsWith('000000')) return gtin.slice(6);
  return gtin.startsWith('0') ? gtin.slice(1) : gtin;
}

/** What people and programs write where a number is demanded and there is none. */
const noNumber = latePattern(() => /^(?:[\p{Pd}\u2212_.?*#/\s]+|n\/a|null|undefined)$/iu);

/**
 * The item number a text holds, trimmed of blanks around it; `undefined` where it names nothing: a sign that fills a field
 * ("-", "."), or the word for none. The same dash in two shops would make one product of two.
 */
export function parseSku(text: string): Sku | undefined {
  const trimmed = text.trim();
  return trimmed === '' || noNumber().test(trimmed) ? undefined : toSku(trimmed);
}

/**
 * A SKU as a careless hand would write it: case, blanks, full-width forms, hyphens, what nobody sees and leading zeros
 * no longer matter. For *searching* near spellings only; links are made by exact SKU.
 */
export const looseSku = (sku: string): string => looseText(sku);

const isSeenAscii = /^[\x21-\x7e]*$/;

/** A barcode as it is looked up: without blanks and what nobody sees, in one case; a GTIN without its padding. */
export function barcodeKey(barcode: string): string {
  const gtin = parseGtin(barcode);
  if (gtin !== undefined) return shownGtin(gtin);
  if (isSeenAscii.test(barcode)) return barcode.toLowerCase();
  return barcode
    .normalize('NFKC')
    .replace(/[\s\p{C}]/gu, '')
    .toLowerCase();
}
