import { z } from 'zod';
import { figure, flag, line, multilineText, name, title, titleOf, utcTimestamp } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { pieces } from '../driver-parts/rows/sold-pieces.ts';
import { requiredWord, yesOrNo } from '../driver-parts/rows/stated-flag.ts';
import { kindOf, reader, refuse } from '../json/value-reader.ts';

/** A post's number: digits, however many. Nothing else names anything in WordPress. */
export const wooId = /^[1-9]\d{0,19}$/;

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';

const id = reader((value, payload): string => {
  const text = asText(value);
  if (wooId.test(text)) return text;
  return refuse(payload, `is ${JSON.stringify(text.slice(0, 40))}, not an id`);
});

/** `true`: counted; `false`: not counted; `parent`: the product counts for this variation. Another word is not guessed at. */
const manageStock = reader((value, payload): boolean | 'parent' => {
  if (value === 'parent') return 'parent';
  return value === null || value === undefined ? false : yesOrNo(value, payload);
});

/** That there is one, never which: it is a secret. */
const isSet = reader((value): boolean => typeof value === 'string' && value !== '');

/** What is worth showing and decides nothing: where it is no text, it is left out. */
const spareLine = line.catch(undefined);

const firstSource = reader((value): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const source = typeof first === 'object' && first !== null && 'src' in first ? first.src : undefined;
  return typeof source === 'string' && source !== '' ? source : undefined;
});

/** Attribute choices in the shop's order: "Black", "Long", their entities resolved. A list that is none counts as empty. */
const choices = reader((value): readonly string[] => {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'option' in entry ? (titleOf(entry.option) ?? []) : [],
  );
});

// Made once: a schema made anew for each entry costs many times its reading.
const metaEntry = z.object({ key: z.string(), value: z.unknown() });

/** What plug-ins keep beside a product, by key: text, or what it is where it is none. */
const meta = reader((value): ReadonlyMap<string, string | { readonly unreadable: string }> => {
  const found = new Map<string, string | { readonly unreadable: string }>();
  for (const entry of Array.isArray(value) ? value : []) {
    const read = metaEntry.safeParse(entry);
    if (!read.success) continue;
    const text = line.safeParse(read.data.value);
    if (!text.success) found.set(read.data.key, { unreadable: kindOf(read.data.value) });
    else if (text.data !== undefined) found.set(read.data.key, text.data);
  }
  return found;
});

/** A parent's id; 0 and nothing mean none. */
const parentId = reader((value, payload): string | undefined => {
  const text = asText(value);
  if (value === null || value === undefined || value === false || text === '0' || value === '') return undefined;
  if (wooId.test(text)) return text;
  return refuse(payload, `is ${JSON.stringify(text.slice(0, 40))}, not an id`);
});

/** The ids of a product's variations, as the product names them; a list that is none tells nothing. */
const children = reader((value): readonly string[] | undefined =>
  Array.isArray(value) ? value.map(asText).filter((text) => wooId.test(text)) : undefined,
);

/** WPML and Polylang name the language of a product, and its other languages by id: `{ "en": 12, "sv": "14" }`. */
const translations = reader((value): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value)
        .map(asText)
        .filter((text) => wooId.test(text))
    : [],
);

/** A product or a variation: the part of it that we read. */
export const itemSchema = z.object({
  id,
  parent_id: parentId.optional(),
  name: name.optional(),
  type: line.optional(),
  status: requiredWord,
  catalog_visibility: spareLine.optional(),
  purchasable: flag.optional(),
  post_password: isSet.optional(),
  sku: line.optional(),
  global_unique_id: line.optional(),
  price: priceText.optional(),
  description: multilineText.optional(),
  manage_stock: manageStock.optional(),
  stock_quantity: figure.optional(),
  stock_status: spareLine.optional(),
  variations: children.optional(),
  lang: spareLine.optional(),
  translations: translations.optional(),
  images: firstSource.optional(),
  image: firstSource.optional(),
  attributes: choices.optional(),
  meta_data: meta.optional(),
  date_created_gmt: utcTimestamp.optional(),
  date_modified_gmt: utcTimestamp.optional(),
});
export type WooItem = z.infer<typeof itemSchema>;

const common = [
  'id',
  'parent_id',
  'name',
  'type',
  'status',
  'purchasable',
  'sku',
  'global_unique_id',
  'price',
  'description',
  'manage_stock',
  'stock_quantity',
  'stock_status',
  '_links',
  'date_created_gmt',
  'date_modified_gmt',
];

/** The fields asked for, so that a page stays small. */
export const productFields = (gtinMeta: string | undefined): string =>
  [
    ...common,
    'catalog_visibility',
    'post_password',
    'variations',
    'images',
    'attributes',
    'lang',
    'translations',
    ...(gtinMeta === undefined ? [] : ['meta_data']),
  ].join(',');
export const variationFields = (gtinMeta: string | undefined): string =>
  [...common, 'image', 'attributes', ...(gtinMeta === undefined ? [] : ['meta_data'])].join(',');
/** What is needed of a parent to speak about its variations. */
export const parentFields =
  'id,name,type,status,catalog_visibility,post_password,sku,global_unique_id,images,variations,date_modified_gmt,manage_stock,stock_quantity,lang,translations,_links';

const lineId = parentId.catch(undefined);
const orderLine = z.object({
  product_id: lineId.optional(),
  variation_id: lineId.optional(),
  sku: spareLine.optional(),
  quantity: pieces.optional(),
});
export const orderSchema = z.object({
  id,
  status: line.optional(),
  date_created_gmt: utcTimestamp.optional(),
  line_items: z.array(orderLine).catch([]),
});
export type WooOrder = z.infer<typeof orderSchema>;
export const orderFields = 'id,status,date_created_gmt,line_items';

/** What `GET /wp-json/` says of the site. */
export const siteSchema = z.object({
  name: title.optional(),
  url: line.optional(),
  home: line.optional(),
  gmt_offset: z.union([z.number(), z.string()]).nullish(),
  timezone_string: line.optional(),
  namespaces: z.array(z.string()).catch([]),
});
export type WooSite = z.infer<typeof siteSchema>;
export const siteFields = 'name,url,home,gmt_offset,timezone_string,namespaces';

export const systemSchema = z.object({
  environment: z.object({ version: line.optional(), home_url: line.optional() }).optional(),
  settings: z.object({ currency: line.optional() }).optional(),
});

export const settingSchema = z.object({ value: line.optional() });

/** A batch's answer: each row is what an item became, or why it did not. */
export const batchSchema = z.object({ update: z.array(z.unknown()).catch([]) });
export const batchErrorSchema = z.object({
  id: id.optional(),
  error: z.object({ code: line.optional(), message: line.optional() }),
});

/** What an item became: of the answer to a write nothing else matters. */
export const writtenSchema = itemSchema.pick({ id: true, manage_stock: true, stock_quantity: true });
