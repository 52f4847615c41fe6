import { z } from 'zod';
import { flag, idLike, line, multilineText, name, timestamp, title, wholeNumber } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { pieces } from '../driver-parts/rows/sold-pieces.ts';
import { statedFlag } from '../driver-parts/rows/stated-flag.ts';

/** Ids are 32 lower-case hexadecimal digits: another text names nothing here and is not asked about. */
const idPattern = /^[0-9a-f]{32}$/;
export const isId = (text: string): boolean => idPattern.test(text);
const id = idLike(idPattern);

/** A figure of stock: a whole number, nothing, or what stood there and is none. */
const figure = z.unknown().transform((value): { readonly quantity?: number; readonly unreadable?: string } => {
  const read = wholeNumber.safeParse(value);
  if (read.success) return { quantity: read.data };
  return { unreadable: (line.safeParse(value).data ?? typeof value).slice(0, 40) };
});

/** An id of something else; `null` for none. */
const reference = z
  .union([z.null(), z.undefined(), z.literal('')])
  .transform((): undefined => undefined)
  .or(id);

const list = <Value>(row: z.ZodType<Value>) => z.array(row).optional().catch(undefined);
const optionalFlag = z.unknown().transform((value) => (value === null ? undefined : flag.parse(value)));

const option = z.object({ name: title.optional(), translated: z.object({ name: title.optional() }).optional() });
const visibility = z.object({ salesChannelId: line.optional(), visibility: wholeNumber.optional() });
const price = z.object({ currencyId: line.optional(), gross: priceText.optional() });

/**
 * A product or a variant of one. Shopware's own schema calls `active`, `name`, `ean` and `updatedAt` plain values,
 * and yet variants and fresh products hold `null` there: nothing here takes them for given.
 */
export const productSchema = z.object({
  id,
  autoIncrement: wholeNumber.optional(),
  parentId: reference.optional(),
  productNumber: line.optional(),
  ean: line.optional(),
  name: name.optional(),
  translated: z.object({ name: title.optional(), description: multilineText.optional() }).optional().catch(undefined),
  active: statedFlag.optional(),
  isCloseout: optionalFlag.optional(),
  available: optionalFlag.optional(),
  stock: figure.optional(),
  availableStock: figure.optional(),
  childCount: wholeNumber.optional(),
  releaseDate: timestamp.optional(),
  /** `null` for none; what is no list of prices is not that. */
  price: z.array(price).nullish(),
  type: line.optional(),
  states: list(z.string()),
  options: list(option),
  visibilities: list(visibility),
  cover: z
    .object({ media: z.object({ url: line.optional() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  createdAt: timestamp.optional(),
  updatedAt: timestamp.optional(),
});
export type Row = z.infer<typeof productSchema>;

const lean = [
  'id',
  'autoIncrement',
  'parentId',
  'productNumber',
  'stock',
  'availableStock',
  'childCount',
  'type',
  'states',
];

/** The least of a product: what a cheap pass over all stock needs. */
export const stockCriteria = { includes: { product: lean } };

/** The least that says whether a figure may be written. */
export const targetCriteria = { includes: { product: [...lean, 'active', 'name', 'translated'] } };

/** All of a product that a listing is made of. */
export const productCriteria = {
  associations: { cover: { associations: { media: {} } }, options: {}, visibilities: {} },
  includes: {
    product: [
      ...lean,
      'ean',
      'name',
      'translated',
      'active',
      'isCloseout',
      'available',
      'releaseDate',
      'price',
      'options',
      'visibilities',
      'cover',
      'createdAt',
      'updatedAt',
    ],
    product_media: ['media'],
    media: ['url'],
    property_group_option: ['name', 'translated'],
    product_visibility: ['salesChannelId', 'visibility'],
  },
};

const state = z.object({ technicalName: line.optional() }).nullish().catch(undefined);

/** A line of an order, with the order it belongs to and what became of its product. */
export const lineItemSchema = z.object({
  productId: reference.optional(),
  quantity: pieces.optional(),
  payload: z.object({ productNumber: line.optional() }).optional().catch(undefined),
  product: z.object({ id, parentId: reference.optional(), productNumber: line.optional() }).nullish().catch(undefined),
  order: z.object({
    orderDateTime: timestamp.optional(),
    stateMachineState: state,
    transactions: z
      .array(z.object({ createdAt: timestamp.optional(), stateMachineState: state }))
      .optional()
      .catch(undefined),
    deliveries: z
      .array(z.object({ stateMachineState: state }))
      .optional()
      .catch(undefined),
  }),
});
export type LineItem = z.infer<typeof lineItemSchema>;

/** `GET /api/_info/config`, open to every key. The shop id came in later editions; the date was there before. */
export const configSchema = z.object({
  version: line.optional(),
  shopId: line.optional(),
  settings: z.object({ firstMigrationDate: line.optional() }).optional().catch(undefined),
});

export const salesChannelSchema = z.object({
  id,
  name: title.optional(),
  translated: z.object({ name: title.optional() }).optional().catch(undefined),
});
export const currencySchema = z.object({ isoCode: line.optional() });
export const integrationSchema = z.object({
  admin: flag.optional(),
  aclRoles: z.array(z.object({ privileges: z.array(z.string()).catch([]) })).catch([]),
});

/** The system's own currency: every price stands in it, and it has the same id in every shop. */
export const systemCurrency = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';
