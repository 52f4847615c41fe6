import { ShopError } from '../../ports/shop-error.ts';
import { cleanLine } from '../clean.ts';
import { readRows } from '../decode.ts';
import type { PrestaApi } from './api.ts';
import { oneOf } from './keyed.ts';
import { configurationSchema, textIn } from './schema.ts';

/** What the whole shop is set to. */
export type ShopSettings = {
  /** The shop's own domain. Nothing where the key may not read the configuration. */
  readonly identity?: string;
  readonly name?: string;
  readonly version?: string;
  readonly timeZone?: string;
  readonly currencyId?: string;
  readonly language?: string;
  readonly countsStock: boolean;
  /** Whether things are sold at nought unless they say otherwise themselves. */
  readonly sellsAtZero?: boolean;
  /** What a sale of a pack takes from, where the pack does not say: 0 the pack, 1 what is in it, 2 both. */
  readonly packStockType?: string;
};

const names = [
  'PS_SHOP_NAME',
  'PS_SHOP_DOMAIN',
  'PS_SHOP_DOMAIN_SSL',
  'PS_TIMEZONE',
  'PS_CURRENCY_DEFAULT',
  'PS_LANG_DEFAULT',
  'PS_VERSION_DB',
  'PS_STOCK_MANAGEMENT',
  'PS_ORDER_OUT_OF_STOCK',
  'PS_PACK_STOCK_TYPE',
];

const doing = 'asking who the shop is';
const kept = new WeakMap<PrestaApi, ShopSettings>();

/** The shop's settings, asked once, and `again` before each full reading. */
export async function settingsOf(api: PrestaApi, signal: AbortSignal, again = false): Promise<ShopSettings> {
  const known = kept.get(api);
  if (known !== undefined && !again) return known;
  const settings = await askSettings(api, signal);
  kept.set(api, settings);
  return settings;
}

/** Without the right to read them nothing is known, and the shop is taken to count. */
async function askSettings(api: PrestaApi, signal: AbortSignal): Promise<ShopSettings> {
  const query = { display: 'full', 'filter[name]': oneOf(names) };
  const rows = await api.list('configurations', { query, doing }, signal).then(
    (answer) => answer.rows,
    (error: unknown) => {
      if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
      throw error;
    },
  );
  if (rows === undefined) return { countsStock: true, timeZone: api.shop.timeZone };
  // An empty list is `[]`, as is many another program's answer: a shop has its own name at the least.
  if (rows.length === 0) throw api.trouble('unintelligible', { doing, found: saysNothing });
  const read = readRows(configurationSchema, rows).rows;
  const value = (name: string): string | undefined => {
    const all = read.filter((row) => row.name === name);
    const own = all.find((row) => row.id_shop !== undefined && row.id_shop === api.options.id_shop);
    const text = textIn((own ?? all.find((row) => row.id_shop === undefined) ?? all[0])?.value, undefined);
    return text === undefined ? undefined : cleanLine(text) || undefined;
  };
  return {
    identity: (value('PS_SHOP_DOMAIN_SSL') ?? value('PS_SHOP_DOMAIN'))?.toLowerCase(),
    name: value('PS_SHOP_NAME'),
    version: value('PS_VERSION_DB'),
    timeZone: value('PS_TIMEZONE') ?? api.shop.timeZone,
    currencyId: value('PS_CURRENCY_DEFAULT'),
    language: api.options.language ?? value('PS_LANG_DEFAULT'),
    countsStock: value('PS_STOCK_MANAGEMENT') !== '0',
    sellsAtZero: flagIn(value('PS_ORDER_OUT_OF_STOCK')),
    packStockType: value('PS_PACK_STOCK_TYPE'),
  };
}

const saysNothing = 'the shop says nothing of itself, not even its name';

const flagIn = (text: string | undefined): boolean | undefined =>
  text === '1' ? true : text === '0' ? false : undefined;

/** Refuses to go on when another shop answers than the one that was added: its ids would mean other things. */
export async function sameShop(api: PrestaApi, signal: AbortSignal, again = false): Promise<ShopSettings> {
  const settings = await settingsOf(api, signal, again);
  const wanted = api.shop.identity ?? '';
  if (wanted === '' || settings.identity === wanted) return settings;
  if (settings.identity === undefined) {
    const found = 'without its configuration nobody can tell which shop answers';
    throw api.trouble('forbidden', { doing, permission: 'configurations: GET', found });
  }
  throw api.trouble('another-shop', { doing, found: `it calls itself ${settings.identity}` });
}
