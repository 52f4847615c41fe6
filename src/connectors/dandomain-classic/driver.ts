import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe } from '../../ports/platform.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { type ClassicOptions, optionForm } from './options.ts';

const id = toPlatformId('dandomain-classic');

// People copy the address of the admin, of the API (with the key in it), or of a page of the shop.
const pasted = /\/(admin|shop)(\/.*)?$/i;

/** The API has a help page for people, which needs no key. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const help = await probe(under(base.href, 'admin/WEBAPI/Endpoints/v1_0/ProductDataService/help'), signal);
  if (help?.status !== 200 || !/ProductDataService|operations at this endpoint|Operations at http/i.test(help.text)) {
    return undefined;
  }
  const url = normaliseUrl(base.href, pasted);
  return 'url' in url ? { platform: id, confidence: 'sure', url: url.url } : undefined;
}

/** DanDomain Classic, by its WEBAPI v1_0. */
export const danDomainClassic: PlatformDriver<ClassicOptions> = {
  id,
  label: 'DanDomain Classic',
  credentials: [
    {
      id: 'key',
      label: { da: 'WEBAPI-nøgle', en: 'WEBAPI key' },
      fields: [
        {
          name: 'key',
          label: 'API-nøgle',
          secret: true,
          hint: {
            da: 'DanDomain-administration > Indstillinger > WEBAPI; 36 tegn',
            en: 'DanDomain admin > Indstillinger (settings) > WEBAPI; 36 characters',
          },
          pattern: /^[A-Za-z0-9-]{36}$/,
        },
      ],
    },
  ],
  options: optionForm,
  capabilities,
  rights: {
    da: 'ProductDataService (læse og skrive), OrderService og SettingService (læse)',
    en: 'ProductDataService (read and write), OrderService and SettingService (read)',
  },
  howToGetKey: {
    da: [
      'Log ind i shoppens administration som hovedbruger.',
      'Åbn Indstillinger > WEBAPI.',
      'Opret en nøgle, og giv den adgang til ProductDataService, OrderService og SettingService.',
      'Kopiér nøglen: den er på 36 tegn. Vis den til ingen; den står i hver adresse, der kaldes.',
    ],
    en: [
      "Log in to the shop's admin as its main user.",
      'Open Indstillinger (settings) > WEBAPI.',
      'Create a key with access to ProductDataService, OrderService and SettingService.',
      'Copy the key: it has 36 characters. Show it to nobody; it stands in every address that is called.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
