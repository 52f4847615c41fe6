import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe, UrlResult } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { salesChannelOption } from './map.ts';
import { webhooks } from './webhooks.ts';

const id = toPlatformId('shopware');

// People copy the address of the admin, of the API, or of the storefront in one language.
const pasted = /\/(admin|api|store-api|account|checkout)(\/.*)?$|\/[a-z]{2}(-[a-z]{2})?\/?$/i;

const normal = (typed: string): UrlResult => normaliseUrl(typed, pasted);

const headersOf = ['sw-context-token', 'sw-version-id', 'sw-language-id', 'sw-currency-id'];

/** Without a token the Admin API refuses in words of its own; a storefront's headers bear Shopware's short name. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normal(base.href);
  if (!('url' in url)) return undefined;
  const reply = await probe(under(url.url, 'api/_info/version'), signal);
  if (reply === undefined) return undefined;
  const refused = reply.status === 401 && /"errors"\s*:\s*\[/.test(reply.text);
  const ownWords = /resource owner or authorization server denied/i.test(reply.text);
  const bearsName = headersOf.some((name) => reply.headers[name] !== undefined);
  if (!refused || !(ownWords || bearsName)) return undefined;
  return { platform: id, confidence: ownWords ? 'sure' : 'likely', url: url.url };
}

/** Shopware 6, by its Admin API. */
export const shopware: PlatformDriver<Readonly<Record<string, string>>> = {
  id,
  label: 'Shopware 6',
  credentials: [
    {
      id: 'integration',
      label: { da: 'Integration (access key ID og secret)', en: 'Integration (access key ID and secret)' },
      fields: [
        {
          name: 'client_id',
          label: 'Access key ID',
          secret: false,
          hint: {
            da: 'Settings > System > Integrations; begynder med SWIA',
            en: 'Settings > System > Integrations; begins with SWIA',
          },
        },
        {
          name: 'client_secret',
          label: 'Secret access key',
          secret: true,
          hint: { da: 'vises kun, når integrationen oprettes', en: 'shown only when the integration is made' },
        },
      ],
    },
  ],
  options: {
    fields: [
      {
        name: salesChannelOption,
        label: { da: 'Salgskanal', en: 'Sales channel' },
        hint: {
          da: 'den salgskanal, hvis synlighed tæller; uden valg tæller alle',
          en: 'the sales channel whose visibility counts; all of them when none is chosen',
        },
      },
      unsoldStatesField,
      ...connectionFields,
    ],
    parse: (stored) => stored,
  },
  capabilities,
  rights: {
    da: 'Products: View og Edit; Orders: View; Sales Channels: View; Settings > Integrations: View (uden den kan retten til at skrive ikke ses)',
    en: 'Products: View and Edit; Orders: View; Sales Channels: View; Settings > Integrations: View (without it the right to write cannot be seen)',
  },
  howToGetKey: {
    da: [
      'Åbn Settings > System > Users & permissions, og lav en rolle med rettighederne ovenfor.',
      'Åbn Settings > System > Integrations, og vælg Add integration.',
      'Giv den et navn og rollen; Administrator er ikke nødvendig.',
      'Kopiér Access key ID og Secret access key, før der gemmes; secret vises kun én gang.',
    ],
    en: [
      'Open Settings > System > Users & permissions and make a role with the rights above.',
      'Open Settings > System > Integrations and choose Add integration.',
      'Give it a name and the role; Administrator is not needed.',
      'Copy Access key ID and Secret access key before saving; the secret is shown once.',
    ],
  },
  normaliseUrl: normal,
  detect,
  connect: makeConnector,
  webhooks,
};
