import type { ShopProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { readRow } from '../decode.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import { fitsPath, isPlainInPath } from './api.ts';
import { masterNumber, sellableOf } from './map.ts';
import { listingsOf, type ReadContext } from './pages.ts';
import { productCount } from './product-rows.ts';
import { type ClassicProduct, productSchemaIn } from './schema.ts';
import { sameShop } from './sites.ts';

/** Ids are whole numbers: another text is no id of this platform, and nothing is asked. */
export const isId = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

/** Masters are asked for anew: what one reading met may be old by now. */
const anew = (context: ReadContext): ReadContext => ({ ...context, masters: new Map() });

/** The product and all its variants; none when the shop, asked with a key that works, has nothing with this id. */
export async function productListings(
  context: ReadContext,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  if (!isId(id)) return [];
  const { api, catalogue } = context;
  await sameShop(api, signal);
  const row = await catalogue.withId(id, undefined, signal);
  if (row !== undefined) return listingsOf(anew(context), await family(context, row, signal), signal);
  if ((await productCount(api, signal)) === 0) {
    throw api.trouble('unintelligible', { doing: 'reading one product', ...showsNothing });
  }
  return [];
}

/** A variant is told with its master, as everywhere else. */
async function family(
  { catalogue }: ReadContext,
  row: ClassicProduct,
  signal: AbortSignal,
): Promise<readonly ClassicProduct[]> {
  const number = masterNumber(row);
  const master = number === undefined ? row : ((await catalogue.numbered(number, signal)) ?? row);
  if (sellableOf(master) !== 'parent' || master.number === undefined) return [master];
  return [master, ...(await catalogue.variantsOf(master.number, signal))];
}

/** The listing with exactly this number. Numbers are unique here, so there is one or none. */
export async function listingsWithSku(
  context: ReadContext,
  sku: Sku,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const row = await context.catalogue.numbered(sku, signal);
  // "None" is believed only of the shop that was meant, and while the API is there.
  if (row === undefined) await sameShop(context.api, signal, true);
  return row === undefined ? [] : listingsOf(anew(context), [row], signal);
}

/** All listings with exactly this text in their barcode field; nothing at all where IIS lets no such text through. */
export async function listingsWithGtin(
  context: ReadContext,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[] | undefined> {
  const { api } = context;
  const doing = 'looking for a barcode';
  if (!fitsPath(barcode)) return undefined;
  const path = `ByBarcode/${encodeURIComponent(barcode)}`;
  const answer = await api.ask({ service: 'ProductDataService', path, doing }, signal);
  if (!answer.ok && [400, 404].includes(answer.status) && !isPlainInPath(barcode)) return undefined;
  if (!answer.ok && answer.status !== 404) throw api.errorOf(answer);
  const body = answer.ok ? answer.body : undefined;
  const rows = (Array.isArray(body) ? body : [body]).flatMap((one): readonly ClassicProduct[] => {
    if (one === undefined || one === null) return [];
    const read = readRow(productSchemaIn(api.options.timeZone), one);
    if (read.ok) return [read.value];
    throw api.trouble('unintelligible', { doing, found: `${read.broken.where} ${read.broken.said}` });
  });
  if (rows.length === 0) await sameShop(api, signal, true);
  context.catalogue.remember(rows);
  const exact = rows.filter((row) => row.barCodeNumber?.trim() === barcode.trim());
  return listingsOf(anew(context), exact, signal);
}
