import data from '../../../data/demo/catalogue.json' with { type: 'json' };

/** The languages that the demo's shops are written in. */
export type ShopLanguage = 'da' | 'no' | 'sv' | 'de' | 'en' | 'fr';
export type Currency = 'DKK' | 'NOK' | 'SEK' | 'EUR';

/** One thing on the demo's shelves. */
export type Item = {
  readonly sku: string;
  /** EAN-13 with a right check digit. */
  readonly ean: string;
  readonly colour?: string;
  readonly size?: string;
};
export type Family = {
  readonly code: string;
  readonly brand: string;
  readonly group: string;
  readonly name: Readonly<Record<ShopLanguage, string>>;
  /** In whole kroner. */
  readonly price: number;
  readonly cost: number;
  readonly items: readonly Item[];
};

type Colour = keyof typeof data.colours;

/** The thirteenth digit of an EAN. */
export function checkDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}

const eanOf = (running: number): string => {
  const twelve = `57000612${String(1000 + running).padStart(4, '0')}`;
  return twelve + checkDigit(twelve);
};

/** A size as it stands in an item number: "0,5 l" is 05L, "S/M" is SM. */
const sizeCode = (size: string): string =>
  size
    .toUpperCase()
    .replace('REGULÆR', 'REG')
    .replace(/ (CM|KG|G|M|FOD)$/, '')
    .replace(/[^0-9A-ZÆØÅ-]/g, '');

const orNothing = <Value>(values: readonly Value[]): readonly (Value | undefined)[] =>
  values.length === 0 ? [undefined] : values;

let running = 0;

/** Everything that the demo's warehouse keeps, family by family. */
export const families: readonly Family[] = data.families.map((family) => ({
  ...family,
  items: orNothing(family.colours).flatMap((colour) =>
    orNothing(family.sizes).map((size) => {
      running += 1;
      return {
        sku: [family.code, colour, size === undefined ? undefined : sizeCode(size)].filter(Boolean).join('-'),
        ean: eanOf(running),
        colour,
        size,
      };
    }),
  ),
}));

export const items: readonly Item[] = families.flatMap((family) => family.items);

/** A colour in the words of a shop. */
export const colourName = (colour: string, language: ShopLanguage): string => data.colours[colour as Colour][language];
export const optionName = (option: 'colour' | 'size', language: ShopLanguage): string => data.words[option][language];

/** A price in a shop's currency, as shops write it. */
export function priceIn(currency: Currency, kroner: number): string {
  switch (currency) {
    case 'DKK':
      return `${kroner}.00`;
    case 'NOK':
    case 'SEK':
      return `${Math.round((kroner * 1.52) / 10) * 10 - 1}.00`;
    case 'EUR':
      return `${Math.max(2, Math.round(kroner / 7.46)) - 1}.95`;
  }
}

const sentences: Readonly<Record<ShopLanguage, (family: Family) => string>> = {
  da: ({ brand, name }) =>
    `<p>${name.da} fra ${brand}. Gennemprøvet på tur i al slags vejr – også på Læsø i november.</p>`,
  no: ({ brand, name }) => `<p>${name.no} fra ${brand}. Prøvd på tur i all slags vær.</p>`,
  sv: ({ brand, name }) => `<p>${name.sv} från ${brand}. Prövad på tur i alla väder.</p>`,
  de: ({ brand, name }) => `<p>${name.de} von ${brand}. Erprobt bei jedem Wetter.</p>`,
  en: ({ brand, name }) => `<p>${name.en} by ${brand}. Tried on the trail in all weathers.</p>`,
  fr: ({ brand, name }) => `<p>${name.fr} de ${brand}. Éprouvé sur les sentiers par tous les temps.</p>`,
};
export const descriptionOf = (family: Family, language: ShopLanguage): string => sentences[language](family);

/** How many of it the warehouse has, the same on every run: most have some, a few have none. */
export function onHandOf(item: Item): number {
  const mixed = [...item.sku].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return mixed % 23 === 0 ? 0 : 2 + (mixed % 47);
}
