import { z } from 'zod';
import type { OptionForm } from '../../ports/platform.ts';
import {
  numberOption,
  numbersOption,
  parseOptions,
  timeZoneField,
  timeZoneOption,
} from '../driver-parts/option-values.ts';
import { connectionFields } from '../network/connection-options.ts';

/** The settings of a DanDomain Webshop. */
export type WebshopOptions = {
  /** Two letters: the language of names, and where a product must be shown to be for sale. */
  readonly language?: string;
  /** Order states (ids) that are sales; when left out, all whose name says nothing of calling back. */
  readonly saleStates?: readonly string[];
  /** The stock location that our figure is for; the product's own stock when left out. */
  readonly stockLocation?: string;
  /** The zone of the shop's clock: the API writes and asks for moments without one. */
  readonly timeZone: string;
};

const schema = z.object({
  language: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .transform((text) => text.toUpperCase())
    .optional(),
  saleStates: numbersOption,
  stockLocation: numberOption,
  timeZone: timeZoneOption,
});

export const optionForm: OptionForm<WebshopOptions> = {
  fields: [
    {
      name: 'language',
      label: { da: 'Sprog', en: 'Language' },
      hint: {
        da: 'to bogstaver; navne hentes på det, og varer uden for det er ikke til salg',
        en: 'two letters; names are read in it, and products outside it are not for sale',
      },
    },
    {
      name: 'saleStates',
      label: { da: 'Ordrestatus, der er salg', en: 'Order states that are sales' },
      hint: {
        da: 'numre med komma imellem; ellers alle, der ikke er annulleret eller krediteret',
        en: 'numbers with commas between; otherwise all that are not cancelled or credited',
      },
    },
    {
      name: 'stockLocation',
      label: { da: 'Lagerlokation', en: 'Stock location' },
      hint: {
        da: 'lokationens nummer, hvis shoppen har flere lagre; ellers varens eget lagertal',
        en: "the location's number if the shop has several stocks; otherwise the product's own stock",
      },
    },
    timeZoneField,
    ...connectionFields,
  ],
  parse: parseOptions(schema),
};
