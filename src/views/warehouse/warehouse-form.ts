import type { ShopId } from '../../domain/ids.ts';
import type { Shop, ShopLocation } from '../../domain/shop.ts';
import { type ProductMaster, productMasters, type WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import type { Secrets } from '../../ports/platform.ts';
import type { WarehouseDriver } from '../../ports/warehouse.ts';
import type { NewWarehouse, ShopMapping, WantedShopLocation } from '../../services/warehouse/warehouse-service.ts';
import type { FormLine, FormValues } from '../shops/shop-form.ts';
import type { Language, Words } from '../words/words.ts';

/** Everything that the lines hang on but the values themselves. */
export type WarehouseFormContext = {
  readonly words: Words;
  readonly language: Language;
  /** The systems that may be chosen. */
  readonly drivers: readonly WarehouseDriver[];
  /** Whether a key is kept for one of them, or none is needed. */
  readonly hasKeyFor: (driver: WarehouseDriver) => boolean;
  /** The one that is chosen already. */
  readonly known?: WarehouseSettings;
  readonly shops: readonly Shop[];
  /** Those that may be told a figure for each location of their own. */
  readonly locatedShops?: readonly ShopId[];
  /** Titles of columns that a test found in a file. */
  readonly titles?: readonly string[];
};

const keyLine = (name: string): string => `key:${name}`;
const optionLine = (name: string): string => `option:${name}`;
const shopLine = (id: string): string => `shop:${id}`;
const textIn = (values: FormValues, id: string): string => (values[id] ?? '').trim();

export const chosenWarehouseDriver = (
  values: FormValues,
  { drivers }: Pick<WarehouseFormContext, 'drivers'>,
): WarehouseDriver | undefined => drivers.find(({ id }) => id === textIn(values, 'kind'));

/** The lines: which system, where, its key, who decides which products there are, its options, and who sells from where. */
export function warehouseFormLines(values: FormValues, context: WarehouseFormContext): readonly FormLine[] {
  const { words, language, drivers, known, shops, locatedShops = [], titles = [] } = context;
  const say = words.warehouse;
  const { form } = words.screen;
  const driver = chosenWarehouseDriver(values, context);
  const choices = drivers.map(({ id, label }) => ({ value: String(id), label: label[language] }));
  const kind: FormLine = {
    id: 'kind',
    label: say.fact.kind,
    hint: say.kindHint,
    about: '',
    required: true,
    choices,
  };
  if (driver === undefined) return [kind];
  const named =
    titles.length === 0 ? undefined : [{ value: '', label: '' }, ...titles.map((value) => ({ value, label: value }))];
  return [
    ...(known === undefined ? [kind] : []),
    {
      id: 'address',
      label: say.fact.address,
      hint: driver.usualAddress ?? '',
      about: driver.addressHint?.[language] ?? '',
      required: driver.usualAddress === undefined,
    },
    ...(driver.credentials[0]?.fields ?? []).map((field) => ({
      id: keyLine(field.name),
      label: field.label,
      hint: context.hasKeyFor(driver) ? form.kept : '',
      about: field.hint[language],
      hidden: field.secret,
      required: !context.hasKeyFor(driver),
    })),
    {
      id: 'master',
      label: say.fact.master,
      hint: '',
      about: say.masterHint,
      choices: productMasters.map((value) => ({ value, label: say.master[value] })),
    },
    ...driver.options.fields.map((field) => ({
      id: optionLine(field.name),
      label: field.label[language],
      hint: field.usual ?? form.optional,
      about: field.hint[language],
      choices: field.usual === undefined ? named : undefined,
    })),
    ...(known === undefined || driver.can.locations === 'none' ? [] : shops).map(({ id, name }) => ({
      id: shopLine(id),
      label: say.sellsFromLine(name),
      hint: say.allLocations,
      about: locatedShops.includes(id) ? say.shopLocationsHint : say.mappingHint,
    })),
  ];
}

/** What stands in the form when it opens. Never a key. */
export const initialWarehouseValues = (known: WarehouseSettings | undefined, shops: readonly Shop[]): FormValues => ({
  kind: known?.kind ?? '',
  address: known?.address ?? '',
  master: known?.master ?? 'shop',
  ...Object.fromEntries(Object.entries(known?.options ?? {}).map(([name, value]) => [optionLine(name), value])),
  ...Object.fromEntries(shops.map((shop) => [shopLine(shop.id), mappingText(shop)])),
});

/** What a shop is mapped to, as it is typed: `A-*, B-1`, or `Aarhus = A-*; Odense = B-1`. */
const mappingText = ({ locations = [], shopLocations = [] }: Shop): string =>
  shopLocations.length === 0
    ? locations.join(', ')
    : shopLocations.map((one) => `${typedName(one)} = ${one.from.join(', ')}`).join('; ');

/** The name of a location of a shop, or its id where the name would be read as something else. */
const typedName = ({ id, name }: ShopLocation): string => (name === undefined || /[=;]/.test(name) ? id : name);

/** The warehouse that the form describes. An option that was emptied is there, empty: so it is taken away. */
export function warehouseOf(values: FormValues, context: WarehouseFormContext): NewWarehouse {
  const fields = chosenWarehouseDriver(values, context)?.options.fields ?? [];
  const options = fields.flatMap(({ name }): readonly (readonly [string, string])[] => {
    const value = textIn(values, optionLine(name));
    return value === '' && context.known?.options[name] === undefined ? [] : [[name, value]];
  });
  const master: ProductMaster = textIn(values, 'master') === 'warehouse' ? 'warehouse' : 'shop';
  return {
    kind: textIn(values, 'kind'),
    address: textIn(values, 'address'),
    master,
    options: Object.fromEntries(options),
  };
}

/** The secrets that were typed; nothing where none was. */
export function warehouseSecrets(values: FormValues, context: WarehouseFormContext): Secrets | undefined {
  const fields = chosenWarehouseDriver(values, context)?.credentials[0]?.fields ?? [];
  const typed = fields.map(({ name }) => [name, textIn(values, keyLine(name))] as const);
  return typed.some(([, value]) => value !== '') ? Object.fromEntries(typed) : undefined;
}

/** The shops whose lines say otherwise than they are mapped. */
export function changedMappings(values: FormValues, shops: readonly Shop[]): readonly ShopMapping[] {
  return shops.flatMap((shop): readonly ShopMapping[] => {
    const typed = textIn(values, shopLine(shop.id));
    if (typed === mappingText(shop)) return [];
    if (!typed.includes('=')) {
      const locations = listed(typed);
      const isSame = shop.shopLocations === undefined && locations.join() === (shop.locations ?? []).join();
      return isSame ? [] : [{ shopId: shop.id, locations }];
    }
    const wanted = typed.split(';').flatMap((part): readonly WantedShopLocation[] => {
      const at = part.indexOf('=');
      const location = (at < 0 ? part : part.slice(0, at)).trim();
      return location === '' ? [] : [{ location, from: at < 0 ? [] : listed(part.slice(at + 1)) }];
    });
    // What was taken out of the line is told nothing any more.
    const named = (one: ShopLocation): boolean =>
      wanted.some(({ location }) => location === one.id || location.toLowerCase() === one.name?.toLowerCase());
    const gone = (shop.shopLocations ?? []).filter((one) => !named(one)).map(({ id }) => ({ location: id, from: [] }));
    return [{ shopId: shop.id, shopLocations: [...gone, ...wanted] }];
  });
}

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The line that is empty and must not be. */
export const emptyLine = (values: FormValues, context: WarehouseFormContext): FormLine | undefined =>
  warehouseFormLines(values, context).find((line) => line.required === true && textIn(values, line.id) === '');
