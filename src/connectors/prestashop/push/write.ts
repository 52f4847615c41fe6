import { ShopError } from '../../../ports/shop-error.ts';
import { type HttpResponse, isPlainRefusal } from '../../http-response.ts';
import type { PrestaApi } from '../api.ts';
import type { PrestaStock } from '../schema.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const document = (fields: Readonly<Record<string, string>>): string => {
  const inside = Object.entries(fields).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?><prestashop xmlns:xlink="http://www.w3.org/1999/xlink"><stock_available>${inside.join('')}</stock_available></prestashop>`;
};

/** Shops before 8, and keys made then, know no PATCH. Remembered, so that it is found out once. */
const knowsNoPatch = new WeakSet<PrestaApi>();

/**
 * Writes one figure. The id in the body is the one that counts, whatever the path says, so both are the same. Where
 * there is no PATCH the whole row goes back as it was read: a row sent without its shop is lost to it.
 */
export async function writeQuantity(
  api: PrestaApi,
  { row, quantity }: { readonly row: PrestaStock; readonly quantity: number },
  signal: AbortSignal,
): Promise<HttpResponse> {
  const doing = 'writing stock';
  const path = `stock_availables/${row.id}`;
  if (!knowsNoPatch.has(api)) {
    const xml = document({ id: row.id, quantity: String(quantity) });
    const reply = await api.ask({ method: 'PATCH', path, xml, doing }, signal).catch((error: unknown) => {
      // Sent elsewhere, to a login mostly: it was not written.
      if (error instanceof ShopError && error.kind === 'moved') return error;
      throw error;
    });
    if (!(reply instanceof ShopError) && !isNoPatch(api, reply)) return reply;
    const whole = await api.ask({ method: 'PUT', path, xml: wholeRow(row, quantity), doing }, signal);
    if (whole.status < 300) knowsNoPatch.add(api);
    const isWholes = whole.status < 300 || reply instanceof ShopError || !isNoPatch(api, whole);
    return isWholes ? whole : reply;
  }
  return api.ask({ method: 'PUT', path, xml: wholeRow(row, quantity), doing }, signal);
}

/** Whether PATCH is not known, or a host or firewall lets none through: PrestaShop refuses the rest by a number of its own. */
function isNoPatch(api: PrestaApi, reply: HttpResponse): boolean {
  const { status } = reply;
  if (status === 405 || status === 501) return true;
  const isHosts = api.errorIn(reply).code === undefined && reply.text.trim() !== '';
  return isPlainRefusal(status) && isHosts;
}

const wholeRow = (row: PrestaStock, quantity: number): string =>
  document({
    id: row.id,
    id_product: row.id_product,
    id_product_attribute: row.id_product_attribute ?? '0',
    id_shop: row.id_shop ?? '0',
    id_shop_group: row.id_shop_group ?? '0',
    quantity: String(quantity),
    depends_on_stock: row.depends_on_stock ?? '0',
    out_of_stock: row.out_of_stock ?? '2',
    location: row.location ?? '',
  });

/** Asks whether stock may be written, by a row that no shop has: a right that is missing is told before the row is looked for. */
export async function mayWrite(api: PrestaApi, signal: AbortSignal): Promise<boolean | undefined> {
  const nobody = '2147483647';
  for (const method of ['PATCH', 'PUT'] as const) {
    const question = {
      method,
      path: `stock_availables/${nobody}`,
      xml: document({ id: nobody }),
      doing: 'testing the connection',
    };
    const reply = await api.ask(question, signal);
    const { code } = api.errorIn(reply);
    if (code === 26) return false;
    if (reply.status === 405 || reply.status === 501) continue;
    // Any other number is about the row, so the method was let through.
    return code === undefined || reply.status === 401 ? undefined : true;
  }
  return false;
}
