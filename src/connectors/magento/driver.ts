import { z } from 'zod';
import { toPlatformId } from '../../domain/ids.ts';
import type { CredentialForm, Detection, OptionForm, PlatformDriver, Probe } from '../../ports/platform.ts';
import { unsoldStatesField } from '../driver-parts/newest-sales.ts';
import { codeOption, numberOption, parseOptions } from '../driver-parts/option-values.ts';
import { connectionFields } from '../network/connection-options.ts';
import { normaliseUrl, under } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import type { MagentoOptions } from './session/api.ts';

const id = toPlatformId('magento');

// People copy the address of the API or of the front controller.
const pasted = /\/(rest|soap|graphql|index\.php)(\/.*)?$/i;

/** Without a key every Magento refuses its store settings in the same words, and tells its version to everybody. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  const answered = await probe(under(url.url, 'magento_version'), signal);
  const version = /^Magento\/(\d[\w.]*)/.exec(answered?.status === 200 ? answered.text : '')?.[1];
  if (version !== undefined) return { platform: id, confidence: 'sure', url: url.url, version };
  const configs = await probe(under(url.url, 'rest/V1/store/storeConfigs'), signal);
  const isApi = configs?.status === 401 && /consumer isn't authorized|"resources"/i.test(configs.text);
  return isApi ? { platform: id, confidence: 'sure', url: url.url } : undefined;
}

const optionSchema = z.object({
  store: codeOption,
  source: codeOption,
  stock: numberOption,
  barcode: codeOption,
  admin: codeOption,
});

const options: OptionForm<MagentoOptions> = {
  fields: [
    {
      name: 'store',
      label: { da: 'Butiksvisning', en: 'Store view' },
      hint: {
        da: 'koden under Butikker > Alle butikker; giver dens tekster, og varer i dens website er til salg',
        en: 'the code under Stores > All Stores; its texts are read, and products of its website are for sale',
      },
    },
    {
      name: 'source',
      label: { da: 'Lagerkilde (source)', en: 'Source' },
      hint: {
        da: 'koden under Butikker > Lager > Kilder; får vores antal',
        en: 'the code under Stores > Inventory > Sources; gets our figure',
      },
      usual: 'default',
    },
    {
      name: 'stock',
      label: { da: 'Lager (stock)', en: 'Stock' },
      hint: {
        da: 'nummeret under Butikker > Lager > Lagre; kilden skal høre til det',
        en: 'the number under Stores > Inventory > Stocks; the source must belong to it',
      },
    },
    {
      name: 'barcode',
      label: { da: 'Stregkodefelt', en: 'Barcode attribute' },
      hint: {
        da: 'attributtens kode, f.eks. ean; ellers prøves de sædvanlige',
        en: "the attribute's code, for instance ean; else the usual ones are tried",
      },
    },
    {
      name: 'admin',
      label: { da: 'Sti til administrationen', en: 'Path of the admin' },
      hint: {
        da: 'som i adressen, f.eks. admin_x7; giver links',
        en: 'as in its address, for instance admin_x7; for links',
      },
      usual: 'admin',
    },
    {
      ...unsoldStatesField,
      hint: {
        da: 'koder under Butikker > Ordrestatus, adskilt af komma; ubetalte, annullerede og krediterede tæller aldrig',
        en: 'the codes under Stores > Order Status, with commas between; unpaid, cancelled and refunded ones never count',
      },
    },
    ...connectionFields,
  ],
  parse: parseOptions(optionSchema),
};

const where = {
  da: 'System > Integrationer > integrationen > Aktivér',
  en: 'System > Integrations > the integration > Activate',
};
const secret = (name: string, label: string) => ({ name, label, secret: true, hint: where });

const credentials: readonly [CredentialForm, ...CredentialForm[]] = [
  {
    id: 'oauth',
    label: { da: 'Integration (alle fire værdier)', en: 'Integration (all four values)' },
    fields: [
      { name: 'consumer_key', label: 'Consumer Key', secret: false, hint: where },
      secret('consumer_secret', 'Consumer Secret'),
      secret('access_token', 'Access Token'),
      secret('access_token_secret', 'Access Token Secret'),
    ],
  },
  {
    id: 'token',
    label: { da: 'Integration (kun access token)', en: 'Integration (access token alone)' },
    fields: [
      {
        ...secret('access_token', 'Access Token'),
        hint: {
          da: `${where.da}; kræver at OAuth-tokens må bruges som Bearer (slået fra siden 2.4.4)`,
          en: `${where.en}; needs "Allow OAuth Access Tokens to be used as standalone Bearer tokens" (off since 2.4.4)`,
        },
      },
    ],
  },
  {
    id: 'admin',
    label: { da: 'Administrator (navn og adgangskode)', en: 'Administrator (name and password)' },
    fields: [
      {
        name: 'username',
        label: 'Username',
        secret: false,
        hint: {
          da: 'en bruger under System > Alle brugere; virker ikke med to-faktor-login',
          en: 'a user under System > All Users; does not work with two-factor login',
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
];

const resources = [
  'Magento_Catalog::products',
  'Magento_Catalog::attributes_attributes',
  'Magento_InventoryApi::source',
  'Magento_InventoryApi::stock',
  'Magento_InventoryApi::stock_source_link',
  'Magento_InventoryApi::stock_source_item_assign',
  'Magento_CatalogInventory::cataloginventory',
  'Magento_Backend::store',
  'Magento_Sales::actions_view',
].join(', ');

/** Magento 2 and Adobe Commerce, by their REST API, with Multi-Source Inventory or without it. */
export const magento: PlatformDriver<MagentoOptions> = {
  id,
  label: 'Magento',
  credentials,
  options,
  capabilities,
  rights: {
    da: `${resources} (uden Multi-Source Inventory ingen af dem der begynder med Magento_InventoryApi)`,
    en: `${resources} (without Multi-Source Inventory none of those that begin with Magento_InventoryApi)`,
  },
  howToGetKey: {
    da: [
      'Åbn System > Integrationer, og vælg Tilføj ny integration.',
      'Giv den et navn og din adgangskode; lad adresserne stå tomme.',
      'Vælg under API ressourcerne Katalog > Lager > Produkter, Salg > Ordrer, Butikker > Indstillinger, Butikker > Lager og Butikker > Attributter > Produkt.',
      'Gem, vælg Aktivér, og tillad.',
      'Kopiér alle fire værdier.',
    ],
    en: [
      'Open System > Integrations, and choose Add New Integration.',
      'Give it a name and your own password; leave the addresses empty.',
      'Under API choose the resources Catalog > Inventory > Products, Sales > Orders, Stores > Settings, Stores > Inventory, and Stores > Attributes > Product.',
      'Save, choose Activate, and allow it.',
      'Copy all four values.',
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
