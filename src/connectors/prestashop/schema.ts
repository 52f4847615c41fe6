import { z } from 'zod';
import { absent, flag, numberId as id, line } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { pieces } from '../driver-parts/rows/sold-pieces.ts';
import { requiredWord } from '../driver-parts/rows/stated-flag.ts';
import { kindOf, reader, refuse } from '../json/value-reader.ts';

/** A text in one language or several: a plain string where the shop has one, else a row a language. */
export type LocalText = { readonly plain?: string; readonly byLanguage: ReadonlyMap<string, string> };

const languageRow = z.object({ id, value: z.string() });
const localText = z.unknown().transform((value): LocalText => {
  if (typeof value === 'string') return { plain: value, byLanguage: new Map() };
  const rows: unknown = typeof value === 'object' && value !== null && 'language' in value ? value.language : value;
  const read = (Array.isArray(rows) ? rows : []).map((row: unknown) => languageRow.safeParse(row));
  return { byLanguage: new Map(read.flatMap((row) => (row.success ? [[row.data.id, row.data.value] as const] : []))) };
});

/** A name, which stands in every language it was given in: one of which nobody can read a word is unreadable. */
const localName = reader((value, payload): LocalText => {
  const text = typeof value === 'number' ? { plain: String(value), byLanguage: new Map() } : localText.parse(value);
  const isNone = absent(value) || (Array.isArray(value) && value.length === 0);
  if (isNone || text.plain !== undefined || text.byLanguage.size > 0) return text;
  return refuse(payload, `is ${kindOf(value)}, not text`);
});

/** The text in the language wanted, else in any that has one. */
export function textIn(text: LocalText | undefined, language: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wanted = language === undefined ? undefined : text.byLanguage.get(language);
  return text.plain || wanted || [...text.byLanguage.values()].find((one) => one !== '') || undefined;
}

/** An id that may be none: 0, "" and nothing. */
const idOrNone = z.unknown().transform((value): string | undefined => {
  const read = id.safeParse(value);
  return read.success ? read.data : undefined;
});

const named = z.object({ id });

/** The ids under an association: a list of rows, a list under the name of one row, or nothing at all. */
const ids = z.unknown().transform((value): readonly string[] => {
  const inner = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];
  return inner.flat().flatMap((row: unknown) => {
    const read = named.safeParse(row);
    return read.success ? [read.data.id] : [];
  });
});

const barcodes = { ean13: line.optional(), upc: line.optional(), isbn: line.optional() };

export const productSchema = z.object({
  id,
  reference: line.optional(),
  ...barcodes,
  active: requiredWord,
  state: line.optional(),
  available_for_order: flag.optional(),
  visibility: line.optional(),
  price: priceText.optional(),
  type: line.optional(),
  product_type: line.optional(),
  pack_stock_type: line.optional(),
  date_add: line.optional(),
  date_upd: line.optional(),
  id_default_image: idOrNone.optional(),
  name: localName.optional(),
  description: localText.optional(),
  description_short: localText.optional(),
  associations: z.object({ combinations: ids.optional() }).optional().catch(undefined),
});
export type PrestaProduct = z.infer<typeof productSchema>;

export const combinationSchema = z.object({
  id,
  id_product: id,
  reference: line.optional(),
  ...barcodes,
  price: priceText.optional(),
  associations: z.object({ product_option_values: ids.optional(), images: ids.optional() }).optional().catch(undefined),
});
export type PrestaCombination = z.infer<typeof combinationSchema>;

export const valueSchema = z.object({ id, name: localText.optional() });

/** The figure is kept as it came: what cannot be read of it is told, not guessed. */
export const stockSchema = z.object({
  id,
  id_product: id,
  id_product_attribute: idOrNone.optional(),
  id_shop: idOrNone.optional(),
  id_shop_group: idOrNone.optional(),
  quantity: z.unknown(),
  depends_on_stock: line.optional(),
  out_of_stock: line.optional(),
  location: line.optional(),
});
export type PrestaStock = z.infer<typeof stockSchema>;

export const configurationSchema = z.object({
  name: line,
  value: localText.optional(),
  id_shop: idOrNone.optional(),
});

export const orderSchema = z.object({
  id,
  date_add: line.optional(),
  valid: flag.optional(),
  current_state: idOrNone.optional(),
});
export const orderStateSchema = z.object({
  id,
  logable: flag.optional(),
  paid: flag.optional(),
  shipped: flag.optional(),
});
export const orderLineSchema = z.object({
  id,
  id_order: id,
  product_id: idOrNone.optional(),
  product_attribute_id: idOrNone.optional(),
  product_reference: line.optional(),
  product_quantity: pieces.optional(),
  product_quantity_refunded: pieces.optional(),
  product_quantity_return: pieces.optional(),
});

/** The first of these that is there and is no number. */
export const noNumberIn = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && !Number.isFinite(Number(text)));

/** A combination's price: its product's and what it adds to that. */
export function sumOf(price: string | undefined, impact: string | undefined): string | undefined {
  const sum = Number(price ?? Number.NaN) + Number(impact ?? 0);
  return Number.isFinite(sum) ? sum.toFixed(6) : undefined;
}
