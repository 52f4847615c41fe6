import { toPlatformId } from '../../domain/ids.ts';
import type { Detection, PlatformDriver, Probe } from '../../ports/platform.ts';
import { normaliseUrl } from '../urls.ts';
import { capabilities, makeConnector } from './connector.ts';
import { optionForm, type WebshopOptions } from './options.ts';

const id = toPlatformId('dandomain-webshop');

// People copy the address of the admin, or of a page of the shop.
const pasted = /\/(admin|shop|service\.(php|wsdl))(\/.*)?$/i;

/** The vendor's own hosts are sure; a shop under its own name fetches its pictures from the vendor. */
async function detect(base: URL, probe: Probe, signal: AbortSignal): Promise<Detection | undefined> {
  const url = normaliseUrl(base.href, pasted);
  if (!('url' in url)) return undefined;
  if (/\.(webshop\.dandomain\.dk|mywebshop\.io)$/.test(base.hostname)) {
    return { platform: id, confidence: 'sure', url: url.url };
  }
  const front = await probe(base, signal);
  if (front?.status !== 200 || !/[a-z0-9-]+\.(sfstatic\.io|mywebshop\.io)/i.test(front.text)) return undefined;
  return { platform: id, confidence: 'likely', url: url.url };
}

/** DanDomain Webshop (HostedShop), by its SOAP API. */
export const danDomainWebshop: PlatformDriver<WebshopOptions> = {
  id,
  label: 'DanDomain Webshop',
  credentials: [
    {
      id: 'employee',
      label: { da: 'Medarbejder med API-adgang', en: 'Employee with API access' },
      fields: [
        {
          name: 'username',
          label: 'Username',
          secret: false,
          hint: {
            da: 'medarbejderens e-mail, som den står under Indstillinger > Medarbejdere',
            en: "the employee's e-mail, as under Indstillinger (settings) > Medarbejdere (employees)",
          },
        },
        {
          name: 'password',
          label: 'Password',
          secret: true,
          hint: { da: 'medarbejderens adgangskode', en: "the employee's password" },
        },
      ],
    },
  ],
  options: optionForm,
  capabilities,
  rights: {
    da: 'API: SOAP slået til, og en medarbejder, der må se og rette produkter og se ordrer',
    en: 'API: SOAP switched on, and an employee who may see and edit products and see orders',
  },
  howToGetKey: {
    da: [
      'Log ind i webshoppens administration.',
      'Slå API: SOAP til under Indstillinger.',
      'Opret under Indstillinger > Medarbejdere en medarbejder, der kun bruges til dette.',
      'Giv medarbejderen adgang til API, produkter og ordrer.',
      'Brug medarbejderens e-mail og adgangskode her.',
    ],
    en: [
      "Log in to the webshop's admin.",
      'Switch on API: SOAP under Indstillinger (settings).',
      'Under Indstillinger > Medarbejdere make an employee who is used for this only.',
      'Give the employee access to the API, to products and to orders.',
      "Use the employee's e-mail and password here.",
    ],
  },
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
  detect,
  connect: makeConnector,
};
