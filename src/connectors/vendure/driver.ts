import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { connectionFields } from '../network/connection-options.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { optionNames, parseOptions, type VendureOptions } from './options.ts';

const id = toPlatformId('vendure');

// People copy the address of an API or of one of its two dashboards.
const pasted = /\/(admin-api|shop-api|graphiql|dashboard|admin)(\/.*)?$/i;

/** Every answer of its API, a refusal too, lets browsers read the header that carries its session. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  const reply = await probe(under(url.url, 'admin-api'), signal);
  if (!/vendure-auth-token/i.test(reply?.headers['access-control-expose-headers'] ?? '')) return undefined;
  return { platform: id, confidence: 'sure', url: url.url };
}

/** Vendure 3, by its admin API (GraphQL). */
export const vendure: PlatformDriver<VendureOptions> = {
  id,
  label: 'Vendure',
  credentials: [
    {
      id: 'api-key',
      label: { da: 'API-nøgle', en: 'API key' },
      fields: [
        {
          name: 'api_key',
          label: 'API key',
          secret: true,
          hint: {
            da: 'Settings > API keys; vises kun én gang, med et kolon i midten',
            en: 'Settings > API keys; shown once, with a colon in the middle',
          },
          pattern: /^\S+:\S+$/,
        },
      ],
    },
    {
      id: 'login',
      label: { da: 'Bruger og adgangskode', en: 'User and password' },
      fields: [
        {
          name: 'username',
          label: 'Email address or identifier',
          secret: false,
          hint: {
            da: 'Settings > Administrators; en bruger kun til dette program',
            en: 'Settings > Administrators; a user for this program alone',
          },
        },
        {
          name: 'password',
          label: 'Password',
          secret: true,
          hint: { da: 'brugerens adgangskode', en: "the user's password" },
        },
      ],
    },
  ],
  options: {
    fields: [
      {
        name: optionNames.channel,
        label: { da: 'Kanal', en: 'Channel' },
        hint: {
          da: 'kanalens token (Settings > Channels); tom: standardkanalen',
          en: "the channel's token (Settings > Channels); empty: the default channel",
        },
      },
      {
        name: optionNames.location,
        label: { da: 'Lagerlokation', en: 'Stock location' },
        hint: {
          da: 'den lokation, der får vores tal; kun nødvendig, når der er flere',
          en: 'the location that gets our figure; needed only where there are several',
        },
      },
      {
        name: optionNames.barcode,
        label: { da: 'Felt med stregkode', en: 'Barcode field' },
        hint: {
          da: 'navnet på det custom field på varianter, der rummer stregkoden',
          en: 'the name of the custom field of variants that holds the barcode',
        },
      },
      unsoldStatesField,
      ...connectionFields,
    ],
    parse: parseOptions,
  },
  capabilities,
  rights: {
    da: 'ReadCatalog, UpdateCatalog, ReadStockLocation, ReadOrder',
    en: 'ReadCatalog, UpdateCatalog, ReadStockLocation, ReadOrder',
  },
  howToGetKey: {
    da: [
      'Åbn Settings > Roles og lav en rolle med rettighederne ovenfor, i den kanal der sælger.',
      'Åbn Settings > API keys, lav en nøgle med den rolle, og kopiér den; den vises kun én gang.',
      "Shoppens opsætning skal have 'api-key' i authOptions.tokenMethod; spørg den, der driver shoppen.",
      'Uden API-nøgler: lav en administrator med rollen, og brug dens navn og adgangskode.',
    ],
    en: [
      'Open Settings > Roles and make a role with the rights above, in the channel that sells.',
      'Open Settings > API keys, make a key with that role, and copy it; it is shown once.',
      "The shop's configuration must have 'api-key' in authOptions.tokenMethod; ask whoever runs the shop.",
      'Without API keys: make an administrator with the role, and use its name and password.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
