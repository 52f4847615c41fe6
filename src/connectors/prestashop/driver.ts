import { z } from 'zod';
import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, OptionForm, PlatformDriver, Probe } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { codeOption, numberOption, parseOptions } from '../driver-parts/option-values.ts';
import { connectionFields } from '../network/connection-options.ts';
import { normaliseUrl, under } from '../urls.ts';
import type { PrestaOptions } from './api.ts';
import { capabilities, makeConnector } from './connector.ts';

const id = toPlatformId('prestashop');

// People copy the address of the webservice or of the shop's front page.
const pasted = /\/(api|index\.php)(\/.*)?$/i;

/** Without a key the webservice names itself in the realm that it asks for, or in its refusal where it is switched off. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  const service = await probe(under(url.url, 'api/products'), signal);
  const realm = service?.headers['www-authenticate'] ?? '';
  if (/prestashop/i.test(realm) || /PrestaShop webservice/i.test(service?.text ?? '')) {
    return { platform: id, confidence: 'sure', url: url.url, version: service?.headers['psws-version'] };
  }
  const page = await probe(under(url.url, ''), signal);
  const says = /prestashop/i.test(page?.headers['powered-by'] ?? '');
  const isShop = says || /<meta[^>]+generator[^>]+PrestaShop|var prestashop\s*=/i.test(page?.text ?? '');
  return isShop ? { platform: id, confidence: 'likely', url: url.url } : undefined;
}

const optionSchema = z.object({
  id_shop: numberOption,
  language: numberOption,
  admin: codeOption,
});

const options: OptionForm<PrestaOptions> = {
  fields: [
    {
      name: 'id_shop',
      label: { da: 'Butik (id_shop)', en: 'Shop (id_shop)' },
      hint: {
        da: 'kun hvor flere butikker deler en installation: nummeret under Avancerede indstillinger > Multistore',
        en: 'only where several shops share one installation: the number under Advanced Parameters > Multistore',
      },
    },
    {
      name: 'language',
      label: { da: 'Sprog', en: 'Language' },
      hint: {
        da: 'sprogets nummer under International > Lokalisering > Sprog; ellers butikkens eget',
        en: "the language's number under International > Localization > Languages; else the shop's own",
      },
    },
    {
      name: 'admin',
      label: { da: 'Mappe til administrationen', en: 'Folder of the back office' },
      hint: {
        da: 'som i adressen, f.eks. admin4f2k; giver links til varerne',
        en: 'as in its address, for instance admin4f2k; gives links to the products',
      },
    },
    {
      ...unsoldStatesField,
      hint: {
        da: 'numrene under Ordreindstillinger > Statusser, adskilt af komma; ubetalte og annullerede tæller aldrig',
        en: 'the numbers under Order Settings > Statuses, with commas between; unpaid and cancelled ones never count',
      },
    },
    ...connectionFields,
  ],
  parse: parseOptions(optionSchema),
};

/** PrestaShop 1.7 to 9, by its webservice. */
export const prestaShop: PlatformDriver<PrestaOptions> = {
  id,
  label: 'PrestaShop',
  credentials: [
    {
      id: 'key',
      label: { da: 'Webservice-nøgle', en: 'Webservice key' },
      fields: [
        {
          name: 'key',
          label: 'Key',
          secret: true,
          hint: {
            da: 'Avancerede indstillinger > Webservice; 32 tegn',
            en: 'Advanced Parameters > Webservice; 32 characters',
          },
          pattern: /^\S{32}$/,
        },
      ],
    },
  ],
  options,
  capabilities,
  rights: {
    da: 'GET på products, combinations, stock_availables, configurations, currencies, product_option_values, orders, order_details og order_states; PUT og PATCH på stock_availables',
    en: 'GET on products, combinations, stock_availables, configurations, currencies, product_option_values, orders, order_details and order_states; PUT and PATCH on stock_availables',
  },
  howToGetKey: {
    da: [
      'Åbn Avancerede indstillinger > Webservice, og slå webservicen til.',
      'Vælg Tilføj ny webservice-nøgle, og tryk Generér.',
      'Sæt hak ved vis (GET) på de ressourcer der er nævnt under rettigheder.',
      'Sæt hak ved rediger (PUT) og delvis rediger (PATCH) på stock_availables.',
      'Gem med status til, og kopiér nøglen.',
    ],
    en: [
      'Open Advanced Parameters > Webservice, and enable the webservice.',
      'Choose Add new webservice key, and press Generate.',
      'Tick view (GET) for the resources named under rights.',
      'Tick modify (PUT) and patch (PATCH) for stock_availables.',
      'Save it enabled, and copy the key.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
