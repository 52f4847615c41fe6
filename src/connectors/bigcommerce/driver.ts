import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe, UrlResult } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
import { isLoopback, normaliseUrl } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { locationOption } from './locations.ts';
import { webhooks } from './webhooks.ts';

const id = toPlatformId('bigcommerce');

const apiOf = (storeHash: string): string => `https://api.bigcommerce.com/stores/${storeHash.toLowerCase()}`;

/** People paste the API path of the key's file, the address of the control panel, or that of the shop. */
function normal(typed: string): UrlResult {
  const hash = /^(?:https:\/\/)?store-([a-z0-9]+)(?:-\d+)?\.mybigcommerce\.com(?:[/?#].*)?$/i.exec(typed.trim())?.[1];
  if (hash !== undefined) return { url: apiOf(hash) };
  return normaliseUrl(typed, /\/(v[23]|manage|admin)(\/.*)?$/i);
}

/** The storefront loads its theme from a folder that bears the store's hash, which is also the way to its API. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normal(base.href);
  if (!('url' in url)) return undefined;
  if (/^https:\/\/api\.bigcommerce\.com\/stores\/[a-z0-9]+$/.test(url.url)) {
    return { platform: id, confidence: 'sure', url: url.url };
  }
  // A shop on this very machine is its own API.
  const isHere = isLoopback(base.hostname);
  const reply = await probe(isHere ? new URL('/', base) : base, signal);
  const hash = /\bcdn\d*\.bigcommerce\.com\/s-([a-z0-9]+)\//i.exec(reply?.text ?? '')?.[1];
  if (hash === undefined) return undefined;
  return { platform: id, confidence: 'sure', url: isHere ? `${base.origin}/stores/${hash}` : apiOf(hash) };
}

/** BigCommerce, by its REST API: V3 catalog and inventory, V2 orders and store information. */
export const bigCommerce: PlatformDriver<Readonly<Record<string, string>>> = {
  id,
  label: 'BigCommerce',
  credentials: [
    {
      id: 'account',
      label: { da: 'API-konto til butikken', en: 'Store-level API account' },
      fields: [
        {
          name: 'store_hash',
          label: 'Store hash',
          secret: false,
          hint: {
            da: 'delen efter /stores/ i API path, fx abc123',
            en: 'the part after /stores/ in the API path, for instance abc123',
          },
          pattern: /^[a-z0-9]+$/i,
        },
        {
          name: 'access_token',
          label: 'Access token',
          secret: true,
          hint: { da: 'vises kun, når kontoen oprettes', en: 'shown only when the account is made' },
        },
      ],
    },
  ],
  options: {
    fields: [
      {
        name: locationOption,
        label: { da: 'Lokation', en: 'Location' },
        hint: {
          da: 'den lokation, hvis lagertal læses og skrives; uden valg butikkens standardlokation',
          en: "the location whose stock is read and written; the store's default one when none is chosen",
        },
      },
      unsoldStatesField,
      ...connectionFields,
    ],
    parse: (stored) => stored,
  },
  capabilities,
  rights: {
    da: 'Products: read-only; Store Inventory: modify; Store Locations: read-only; Orders: read-only; Information & settings: read-only',
    en: 'Products: read-only; Store Inventory: modify; Store Locations: read-only; Orders: read-only; Information & settings: read-only',
  },
  howToGetKey: {
    da: [
      'Log ind som butikkens ejer, og åbn Settings > API > Store-level API accounts.',
      'Vælg Create API account, giv den et navn, og lad token type være V2/V3 API token.',
      'Giv den de OAuth scopes, der er nævnt under rettigheder.',
      'Gem, og kopiér Access token og API path; de vises kun én gang.',
    ],
    en: [
      "Log in as the store's owner and open Settings > API > Store-level API accounts.",
      'Choose Create API account, give it a name, and leave the token type at V2/V3 API token.',
      'Give it the OAuth scopes named under rights.',
      'Save, and copy the access token and the API path; they are shown once.',
    ],
  },
  normaliseUrl: normal,
  detect,
  connect: makeConnector,
  webhooks,
};
