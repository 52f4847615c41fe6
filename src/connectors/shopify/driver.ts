import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe, UrlResult } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
import { isLoopback, normaliseUrl, under } from '../urls.ts';
import { refreshName } from './client/rotating-token.ts';
import { capabilities, makeConnector } from './connector.ts';
import { ordersOption } from './identity.ts';
import { locationOption } from './read/locations.ts';
import { fileOption } from './read/ordered-file.ts';
import { webhooks } from './webhooks.ts';

const id = toPlatformId('shopify');

/** People type the shop's short name, or paste the address of its new admin: both name a myshopify.com host. */
function withHost(typed: string): string {
  const handle = /^(?:(?:https:\/\/)?admin\.shopify\.com\/store\/)?([a-z0-9][a-z0-9-]*)(?:\/.*)?$/i.exec(typed)?.[1];
  return handle === undefined || handle === 'localhost' ? typed : `https://${handle.toLowerCase()}.myshopify.com`;
}

const normal = (typed: string): UrlResult => normaliseUrl(withHost(typed.trim()), /\/admin(\/.*)?$/i);

/** Every Shopify storefront says in a header or a cookie which shop it is; its own domain also names the myshopify.com one. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const reply = await probe(under(base.href, 'meta.json'), signal);
  if (reply === undefined) return undefined;
  const domain = /"myshopify_domain"\s*:\s*"([a-z0-9-]+\.myshopify\.com)"/i.exec(reply.text)?.[1];
  const isShopify = domain !== undefined || Object.keys(reply.headers).some((name) => name.startsWith('x-shopify-'));
  if (!isShopify && !base.hostname.endsWith('.myshopify.com')) return undefined;
  // A shop on this very machine is asked where it is: its name may be another's address.
  const url = normal(domain === undefined || isLoopback(base.hostname) ? base.href : `https://${domain}`);
  if (!('url' in url)) return undefined;
  const name = /"name"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(reply.text)?.[1];
  return { platform: id, confidence: domain === undefined ? 'likely' : 'sure', url: url.url, name };
}

const whereApp = { da: 'Dev Dashboard > appen > Settings', en: 'Dev Dashboard > the app > Settings' };

/** Shopify, by its Admin GraphQL API. */
export const shopify: PlatformDriver<Readonly<Record<string, string>>> = {
  id,
  label: 'Shopify',
  credentials: [
    {
      id: 'app',
      label: {
        da: 'App fra Dev Dashboard (client id og secret)',
        en: 'App from the Dev Dashboard (client id and secret)',
      },
      fields: [
        {
          name: 'client_id',
          label: 'Client ID',
          secret: false,
          hint: whereApp,
        },
        {
          name: 'client_secret',
          label: 'Client secret',
          secret: true,
          hint: {
            da: 'samme sted; appen skal være installeret i shoppen',
            en: 'the same place; the app must be installed in the shop',
          },
        },
      ],
    },
    {
      id: 'refresh',
      label: {
        da: 'App i en anden organisations shop (med refresh token)',
        en: "App in another organisation's shop (with a refresh token)",
      },
      fields: [
        { name: 'client_id', label: 'Client ID', secret: false, hint: whereApp },
        { name: 'client_secret', label: 'Client secret', secret: true, hint: whereApp },
        {
          name: refreshName,
          label: 'Refresh token',
          secret: true,
          replaced: true,
          hint: {
            da: 'gives med adgangstokenet når appen installeres; skiftes ved hver brug, så det skal ligge i credentials.json, ikke i miljøet',
            en: 'given with the access token when the app is installed; replaced at every use, so it must lie in credentials.json, not in the environment',
          },
        },
      ],
    },
    {
      id: 'token',
      label: { da: 'Adgangstoken fra en ældre app', en: 'Access token of an older app' },
      fields: [
        {
          name: 'token',
          label: 'Admin API access token',
          secret: true,
          hint: {
            da: 'fra en app lavet i shoppens admin før 2026; begynder med shpat_',
            en: "from an app made in the shop's admin before 2026; begins with shpat_",
          },
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
          da: 'den lokation der får vores antal, og hvis antal vises; kun nødvendig, når shoppen har flere',
          en: 'the location that gets our figure, and whose figure is shown; only needed where the shop has several',
        },
      },
      {
        name: ordersOption,
        label: { da: 'Ordrer', en: 'Orders' },
        hint: {
          da: 'all, når appen har read_all_orders; ellers ses de seneste 60 dage',
          en: 'all, where the app has read_all_orders; else the last 60 days are seen',
        },
        choices: ['all'],
      },
      unsoldStatesField,
      ...connectionFields,
      {
        name: fileOption,
        label: { da: 'Samlet fil fra', en: 'One file from' },
        hint: {
          da: 'antal varianter, hvorfra alt hentes som én fil (bulk operation); 25000, hvis intet er valgt, 0 betyder aldrig',
          en: 'number of variants from which everything is fetched as one file (bulk operation); 25000 unless chosen, 0 means never',
        },
      },
    ],
    parse: (stored) => stored,
  },
  capabilities,
  rights: {
    da: 'read_products, read_inventory, write_inventory, read_locations, read_orders (read_all_orders for mere end 60 dage)',
    en: 'read_products, read_inventory, write_inventory, read_locations, read_orders (read_all_orders for more than 60 days)',
  },
  howToGetKey: {
    da: [
      'Åbn Shopifys Dev Dashboard og opret en app i shoppens egen organisation.',
      'Giv den adgang (scopes) som nævnt under rettigheder, og udgiv en version.',
      'Installér appen i shoppen.',
      'Kopiér Client ID og Client secret fra appens Settings.',
    ],
    en: [
      "Open Shopify's Dev Dashboard and create an app in the shop's own organisation.",
      'Give it the scopes named under rights, and release a version.',
      'Install the app in the shop.',
      "Copy the client ID and the client secret from the app's Settings.",
    ],
  },
  normaliseUrl: normal,
  detect,
  connect: makeConnector,
  webhooks,
};
