import type { Shop } from '../../domain/shop.ts';
import { type ProductMaster, productMasters, type WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import type { Secrets } from '../../ports/platform.ts';
import type { WarehouseDriver } from '../../ports/warehouse.ts';
import type { NewWarehouse } from '../../services/warehouse/warehouse-service.ts';
import type { FormLine, FormValues } from '../shops/shop-form.ts';
import type { Language, Words } from '../words/words.ts';

/** Everything that the lines hang on but the values themselves. */
export type WarehouseFormContext = {
  readonly words: Words;
  readonly language: Language;
  /** The systems that may be chosen. */
  readonly drivers: readonly WarehouseDriver[];
  /** The one that is chosen already. */
  readonly known?: WarehouseSettings;
  readonly shops: readonly Shop[];
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
  const { words, language, drivers, known, shops, titles = [] } = context;
  const say = words.warehouse;
  const { form } = words.screen;
  const driver = chosenWarehouseDriver(values, context);
  const choices = drivers.map(({ id, label }) => ({ value: String(id), label: label[language] }));
  const kind: FormLine = { id: 'kind', label: say.fact.kind, hint: '', about: '', required: true, choices };
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
      hint: known === undefined ? '' : form.kept,
      about: field.hint[language],
      hidden: field.secret,
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
      about: say.mappingHint,
    })),
  ];
}

/** What stands in the form when it opens. Never a key. */
export const initialWarehouseValues = (known: WarehouseSettings | undefined, shops: readonly Shop[]): FormValues => ({
  kind: known?.kind ?? '',
  address: known?.address ?? '',
  master: known?.master ?? 'shop',
  ...Object.fromEntries(Object.entries(known?.options ?? {}).map(([name, value]) => [optionLine(name), value])),
  ...Object.fromEntries(shops.map(({ id, locations = [] }) => [shopLine(id), locations.join(', ')])),
});

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

/** The locations that stand in a shop's line, where they are others than those it is mapped to. */
export function changedMappings(
  values: FormValues,
  shops: readonly Shop[],
): readonly { readonly shop: Shop; readonly locations: readonly string[] }[] {
  return shops.flatMap((shop) => {
    const wanted = textIn(values, shopLine(shop.id))
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    return wanted.join() === (shop.locations ?? []).join() ? [] : [{ shop, locations: wanted }];
  });
}

/** The line that is empty and must not be. */
export const emptyLine = (values: FormValues, context: WarehouseFormContext): FormLine | undefined =>
  warehouseFormLines(values, context).find((line) => line.required === true && textIn(values, line.id) === '');
