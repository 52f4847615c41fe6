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

/** The settings of a DanDomain Classic shop. */
export type ClassicOptions = {
  /** The site (language and market) whose visibility, name and price count; the first one when left out. */
  readonly site?: string;
  /** Order states (ids) that are sales; when left out, all that count in the shop's statistics. */
  readonly saleStates?: readonly string[];
  /** The zone of the shop's clock: the API writes and asks for moments without one. */
  readonly timeZone: string;
};

const schema = z.object({
  site: numberOption,
  saleStates: numbersOption,
  timeZone: timeZoneOption,
});

export const optionForm: OptionForm<ClassicOptions> = {
  fields: [
    {
      name: 'site',
      label: { da: 'Site', en: 'Site' },
      hint: {
        da: 'sitets nummer: dets synlighed, navn og pris gælder; det første, når intet er valgt',
        en: "the site's number: its visibility, name and price count; the first when none is chosen",
      },
    },
    {
      name: 'saleStates',
      label: { da: 'Ordrestatus, der er salg', en: 'Order states that are sales' },
      hint: {
        da: 'numre med komma imellem; ellers alle, der tæller i shoppens statistik',
        en: "numbers with commas between; otherwise all that count in the shop's statistics",
      },
    },
    timeZoneField,
    ...connectionFields,
  ],
  parse: parseOptions(schema),
};
