import { z } from 'zod';
import type { OptionForm } from '../../ports/platform.ts';
import { isTimeZone } from '../driver-parts/local-time.ts';

/** The settings of a DanDomain Classic shop. */
export type ClassicOptions = {
  /** The site (language and market) whose visibility, name and price count; the first one when left out. */
  readonly site?: string;
  /** Order states (ids) that are sales; when left out, all that count in the shop's statistics. */
  readonly saleStates?: readonly string[];
  /** The zone of the shop's clock: the API writes and asks for moments without one. */
  readonly timeZone: string;
};

const idList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^\d{1,9}$/)).min(1));

const schema = z.object({
  site: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  saleStates: idList.optional(),
  timeZone: z.string().refine(isTimeZone).default('Europe/Copenhagen'),
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
    {
      name: 'timeZone',
      label: { da: 'Shoppens tidszone', en: "The shop's time zone" },
      hint: {
        da: 'API’et skriver tider uden zone',
        en: 'the API writes times without a zone',
      },
      usual: 'Europe/Copenhagen',
    },
  ],
  parse: (stored) => {
    // An empty text is a setting that was taken away again.
    const given = Object.fromEntries(Object.entries(stored).filter(([, value]) => value.trim() !== ''));
    return schema.parse(given);
  },
};
