import { z } from 'zod';
import { makeHttp } from '../../connectors/http.ts';
import { withServerClock } from '../../connectors/reading/server-clock.ts';
import { normaliseUrl } from '../../connectors/urls.ts';
import { toShopId } from '../../domain/ids.ts';
import type { OptionForm } from '../../ports/platform.ts';
import type { WarehouseDriver } from '../../ports/warehouse.ts';
import { makePace } from './pace.ts';
import { makePeakWarehouse, peakWmsCapabilities, peakWmsId } from './warehouse.ts';
import { peakHooks } from './webhooks.ts';

type PeakOptions = { readonly perMinute: number };

// The limit is shared by everybody with an account there: half of it is ours unless a person says more.
const limitPerMinute = 240;

const schema = z.object({
  per_minute: z.coerce
    .number()
    .int()
    .min(1)
    .max(limitPerMinute)
    .default(limitPerMinute / 2),
});

const options: OptionForm<PeakOptions> = {
  fields: [
    {
      name: 'per_minute',
      label: { da: 'Kald i minuttet', en: 'Calls a minute' },
      hint: {
        da: `PeakWMS tillader ${limitPerMinute} i alt for alle, der spørger`,
        en: `PeakWMS allows ${limitPerMinute} for all who ask together`,
      },
      usual: String(limitPerMinute / 2),
    },
  ],
  parse: (stored) => ({ perMinute: schema.parse(stored).per_minute }),
};

// People copy the address of the documentation or of one call.
const pasted = /\/(ping|product|stock)(\/.*)?$/i;

/** PeakWMS, by the API of an OpenAPI webshop integration. */
export const peakWms: WarehouseDriver<PeakOptions> = {
  id: peakWmsId,
  label: { da: 'PeakWMS', en: 'PeakWMS' },
  credentials: [
    {
      id: 'key',
      label: { da: 'API-nøgle', en: 'API key' },
      fields: [
        {
          name: 'key',
          label: 'API key',
          secret: true,
          hint: {
            da: 'PeakWMS: opret en webshop integration af typen OpenAPI, og kopiér dens API-nøgle',
            en: 'PeakWMS: create a webshop integration of type OpenAPI and copy its API key',
          },
        },
      ],
    },
  ],
  options,
  can: peakWmsCapabilities,
  addressHint: {
    da: 'adressen på PeakWMS API; udelad den for den almindelige',
    en: 'the address of the PeakWMS API; leave it out for the usual one',
  },
  usualAddress: 'https://api.peakwms.com/api/integration/v1',
  normaliseAddress: (typed) => normaliseUrl(typed, pasted),
  webhooks: peakHooks,
  connect: ({ address, secrets, options: { perMinute }, clock }) => {
    const key = secrets.key ?? '';
    const line = makeHttp({ shopId: toShopId('warehouse'), secrets: [key], now: () => clock.now() });
    const http = withServerClock(line, clock);
    return makePeakWarehouse({ address, key, http, clock, pace: makePace(clock, perMinute) });
  },
};
