import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { locationOption, type MedusaOptions, parseOptions } from './options.ts';

const id = toPlatformId('medusa');

// People copy the address of the dashboard, or of an API.
const pasted = /\/(app|admin|store|auth)(\/.*)?$/i;

/** Its shop API asks everybody for a publishable key, in words of its own. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  const reply = await probe(under(url.url, 'store/products'), signal);
  if (!/x-publishable-api-key/i.test(reply?.text ?? '')) return undefined;
  return { platform: id, confidence: 'sure', url: url.url };
}

/** Medusa 2, by its admin API. */
export const medusa: PlatformDriver<MedusaOptions> = {
  id,
  label: 'Medusa',
  credentials: [
    {
      id: 'secret-key',
      label: { da: 'Hemmelig API-nøgle', en: 'Secret API key' },
      fields: [
        {
          name: 'secret_key',
          label: 'Secret API key',
          secret: true,
          hint: {
            da: 'Settings > Secret API Keys; begynder med sk_ og vises kun én gang',
            en: 'Settings > Secret API Keys; begins with sk_ and is shown once',
          },
          pattern: /^\S+$/,
        },
      ],
    },
  ],
  options: {
    fields: [
      {
        name: locationOption,
        label: { da: 'Lagerlokation', en: 'Stock location' },
        hint: {
          da: 'den lokation, der får vores tal; kun nødvendig, når der er flere',
          en: 'the location that gets our figure; needed only where there are several',
        },
      },
      unsoldStatesField,
      ...connectionFields,
    ],
    parse: parseOptions,
  },
  capabilities,
  rights: {
    da: 'en hemmelig nøgle må alt; bruger shoppen roller: product:read, inventory_item:read, inventory_level:update, order:read',
    en: 'a secret key may do everything; where the shop uses roles: product:read, inventory_item:read, inventory_level:update, order:read',
  },
  howToGetKey: {
    da: [
      'Åbn Medusas admin (shoppens adresse efterfulgt af /app).',
      'Åbn Settings > Secret API Keys og vælg Create.',
      'Kald nøglen Bindeled, og kopiér den; den vises kun én gang.',
      'En Publishable API Key (pk_) virker ikke: den er til butikken, ikke til lageret.',
    ],
    en: [
      "Open Medusa's admin (the shop's address followed by /app).",
      'Open Settings > Secret API Keys and choose Create.',
      'Call the key Bindeled, and copy it; it is shown once.',
      'A publishable API key (pk_) does not work: it is for the shop front, not for stock.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
