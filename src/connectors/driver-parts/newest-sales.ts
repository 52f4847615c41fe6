import { refKey } from '../../domain/changes.ts';
import type { Sale } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { OptionField } from '../../ports/platform.ts';

/** The last sale of each listing among many. */
export function newestSales(sales: readonly Sale[]): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const sale of sales) {
    const known = newest.get(refKey(sale.ref));
    if (known === undefined || known.at < sale.at) newest.set(refKey(sale.ref), sale);
  }
  return [...newest.values()];
}

/** Of what was called back in part, some is sold. */
const inPart = /\b(del(vist?|s)|partial(ly)?|partly|teilweise)\b/i;

/** Of what was not paid for, nothing is sold, whatever else its state says. */
const unpaid = /ikke|ubetalt|not|unpaid|afvent|await|pending|mangl/i;

/**
 * Names of order states in which nothing was sold: not paid, failed, called back, or no order yet. Shops name them in
 * Danish or English; a card is called "kreditkort" or "credit card", which is a way to pay.
 */
const noSale =
  /annul|cancel|slettet|deleted|retur|refund|krediter|kreditnota|credit(ed|\s?note|\s?memo)|\btest|ikke gennemf|afbrudt|mislyk|fejl|failed|afvist|declined|rejected|ubetalt|ikke betalt|unpaid|not paid|(afventer|mangler) betaling|(awaiting|pending) payment|payment pending|kladde|udkast|draft|tilbud|\bquote/i;

/** Whether orders in a state of this name are sales. A state without a name is none by guess. */
export const isSaleName = (name: string | undefined): boolean =>
  name !== undefined && (!noSale.test(name) || (inPart.test(name) && !unpaid.test(name)));

const option = 'notSold';

/** The setting by which a person names states of orders that are no sale in this shop. */
export const unsoldStatesField: OptionField = {
  name: option,
  label: { da: 'Ordrestatusser der ikke er salg', en: 'Order states that are no sale' },
  hint: {
    da: 'shoppens egne, adskilt af komma; ubetalte, annullerede og refunderede tæller aldrig',
    en: "the shop's own, with commas between; unpaid, cancelled and refunded ones never count",
  },
};

/** People write a state in capitals, and with a blank where the shop has a line: "In progress" is `in_progress`. */
const plain = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');

/** Whether a person named any states of orders that are no sale in this shop. */
export const namesUnsold = ({ options }: Pick<Shop, 'options'>): boolean => (options[option] ?? '').trim() !== '';

/** Whether any of an order's states is one that a person named as no sale. */
export function isNamedUnsold({ options }: Pick<Shop, 'options'>, states: readonly (string | undefined)[]): boolean {
  const named = (options[option] ?? '').split(',').map(plain);
  return states.some((state) => state !== undefined && state !== '' && named.includes(plain(state)));
}
