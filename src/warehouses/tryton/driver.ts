import { z } from 'zod';
import { makeHttp } from '../../connectors/http.ts';
import { withServerClock } from '../../connectors/reading/server-clock.ts';
import { normaliseUrl } from '../../connectors/urls.ts';
import { toShopId } from '../../domain/ids.ts';
import type { OptionForm } from '../../ports/platform.ts';
import type { WarehouseDriver } from '../../ports/warehouse.ts';
import type { ChosenPlaces } from './places.ts';
import { makeTrytonWarehouse, trytonCapabilities, trytonId } from './warehouse.ts';

const number = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .optional();
const schema = z.object({ warehouse: number, company: number });

const options: OptionForm<ChosenPlaces> = {
  fields: [
    {
      name: 'warehouse',
      label: { da: 'Lager (id)', en: 'Warehouse (id)' },
      hint: {
        da: 'id på lokationen af typen Lager; ellers den første',
        en: 'id of the location of type Warehouse; else the first',
      },
    },
    {
      name: 'company',
      label: { da: 'Firma (id)', en: 'Company (id)' },
      hint: { da: 'ellers det første', en: 'else the first' },
    },
  ],
  parse: (stored) => schema.parse(stored),
};

/** Tryton 6.0, an ERP. */
export const tryton: WarehouseDriver<ChosenPlaces> = {
  id: trytonId,
  label: { da: 'Tryton', en: 'Tryton' },
  credentials: [
    {
      id: 'password',
      label: { da: 'Brugernavn og adgangskode', en: 'User name and password' },
      fields: [
        {
          name: 'user',
          label: 'User name',
          secret: false,
          hint: { da: 'en bruger, der kan læse varer og lager', en: 'a user that may read products and stock' },
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
  options,
  can: trytonCapabilities,
  addressHint: {
    da: 'adressen med databasens navn: https://erp.example/database',
    en: 'the address with the name of the database: https://erp.example/database',
  },
  normaliseAddress: (typed) => {
    const normal = normaliseUrl(typed, /^$/);
    return 'url' in normal && new URL(normal.url).pathname === '/' ? { problem: 'not-a-url' } : normal;
  },
  connect: ({ address, secrets, options: chosen, clock }) => {
    const { user = '', password = '' } = secrets;
    const line = makeHttp({ shopId: toShopId('warehouse'), secrets: [user, password], now: () => clock.now() });
    const http = withServerClock(line, clock);
    return makeTrytonWarehouse({ connection: { address, user, password, http }, chosen, clock });
  },
};
