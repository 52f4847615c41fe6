import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe } from '../../ports/platform.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { webhooks } from './webhooks/webhooks.ts';

const id = toPlatformId('woocommerce');

// People copy the address of the API, of the admin or of the shop page.
const pasted = /\/(wp-json|wp-admin|wp-login\.php|index\.php|wc-api)(\/.*)?$/i;

/** WordPress lists its namespaces to everybody; a login wall still names them in the path of its refusal. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const index = await probe(under(base.href, 'wp-json/'), signal);
  const plain = index?.status === 200 ? index : await probe(under(base.href, '', { rest_route: '/' }), signal);
  const text = plain?.status === 200 ? plain.text : '';
  if (!/"wc\\?\/v3"/.test(text)) return undefined;
  const name = /^\s*\{"name":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  return { platform: id, confidence: 'sure', url: url.url, name };
}

/** WooCommerce, by its REST API wc/v3. */
export const wooCommerce: PlatformDriver<Readonly<Record<string, string>>> = {
  id,
  label: 'WooCommerce',
  credentials: [
    {
      id: 'key',
      label: { da: 'REST API-nøgle', en: 'REST API key' },
      fields: [
        {
          name: 'key',
          label: 'Consumer key',
          secret: false,
          hint: {
            da: 'WooCommerce > Indstillinger > Avanceret > REST API; begynder med ck_',
            en: 'WooCommerce > Settings > Advanced > REST API; begins with ck_',
          },
        },
        {
          name: 'secret',
          label: 'Consumer secret',
          secret: true,
          hint: {
            da: 'vises kun én gang, sammen med nøglen; begynder med cs_',
            en: 'shown once, together with the key; begins with cs_',
          },
        },
      ],
    },
  ],
  options: { fields: [], parse: (stored) => stored },
  capabilities,
  rights: {
    da: 'Read/Write, på en bruger der må administrere WooCommerce',
    en: 'Read/Write, for a user who may manage WooCommerce',
  },
  howToGetKey: {
    da: [
      'Åbn WooCommerce > Indstillinger > Avanceret > REST API.',
      'Vælg Tilføj nøgle, en beskrivelse og en bruger der er butiksbestyrer eller administrator.',
      'Sæt rettigheder til Læs/Skriv.',
      'Kopiér Consumer key og Consumer secret; de vises kun én gang.',
    ],
    en: [
      'Open WooCommerce > Settings > Advanced > REST API.',
      'Choose Add key, a description, and a user who is shop manager or administrator.',
      'Set permissions to Read/Write.',
      'Copy the consumer key and the consumer secret; they are shown once.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
  webhooks,
};
