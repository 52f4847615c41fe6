import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, OptionField, PlatformDriver, Probe } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
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
  // Behind a login wall only WordPress's own way of refusing can be told.
  const walled = [index, plain].find(
    (reply) => reply !== undefined && /"code":"(rest_|woocommerce_rest_)/.test(reply.text),
  );
  const text = plain?.status === 200 ? plain.text : '';
  if (plain?.status !== 200 && walled !== undefined && [401, 403].includes(walled.status)) {
    const url = normaliseUrl(base.href, pasted);
    return 'url' in url ? { platform: id, confidence: 'likely', url: url.url } : undefined;
  }
  if (!/"wc\\?\/v3"/.test(text)) return behindClosedFront(base, probe, signal);
  const name = /^\s*\{"name":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  return { platform: id, confidence: 'sure', url: url.url, name };
}

/** Whatever closes the front, WooCommerce refuses a question without a key in words that only it has. */
async function behindClosedFront(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const path = 'wc/v3/products';
  for (const url of [under(base.href, `wp-json/${path}`), under(base.href, '', { rest_route: `/${path}` })]) {
    const reply = await probe(url, signal);
    const kept = normaliseUrl(base.href, pasted);
    if ('url' in kept && /"code":"woocommerce_rest_/.test(reply?.text ?? ''))
      return { platform: id, confidence: 'sure', url: kept.url };
  }
  return undefined;
}

const optionFields: readonly OptionField[] = [
  {
    name: 'gtinMeta',
    label: { da: 'Felt med stregkode', en: 'Field with the barcode' },
    hint: {
      da: 'når et plugin gemmer EAN i sit eget felt, fx _ean',
      en: 'where a plug-in keeps the EAN in a field of its own, such as _ean',
    },
  },
  unsoldStatesField,
  {
    name: 'lang',
    label: { da: 'Sprog', en: 'Language' },
    hint: {
      da: 'til oversatte shops: all eller et sprog som da; ellers spørges efter alle, når WPML eller Polylang er der',
      en: 'for translated shops: all or one such as da; else all are asked for where WPML or Polylang is there',
    },
  },
];

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
  options: { fields: [...optionFields, ...connectionFields], parse: (stored) => stored },
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
