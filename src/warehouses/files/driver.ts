import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { OptionForm } from '../../ports/platform.ts';
import type { WarehouseDriver } from '../../ports/warehouse.ts';
import { columnOptions, columnsFor } from './columns.ts';
import { type FileOptions, filesCapabilities, filesId, makeFilesWarehouse } from './warehouse.ts';

const title = z.string().trim().min(1).max(100).optional();
const schema = z.object({
  ...Object.fromEntries(columnOptions.map((column) => [column, title])),
  rest_seconds: z.coerce.number().int().min(1).max(3_600).default(10),
});

const titles = {
  sku: { da: 'Kolonne med varenummer', en: 'Column of the item number' },
  onHand: { da: 'Kolonne med antal på lager', en: 'Column of the stock on hand' },
  reserved: { da: 'Kolonne med reserveret', en: 'Column of what is reserved' },
  available: { da: 'Kolonne med til salg', en: 'Column of what may be sold' },
  location: { da: 'Kolonne med lokation', en: 'Column of the location' },
  barcode: { da: 'Kolonne med stregkode', en: 'Column of the barcode' },
  name: { da: 'Kolonne med varenavn', en: 'Column of the name' },
} as const;

const options: OptionForm<FileOptions> = {
  fields: [
    ...columnOptions.map((name) => ({
      name,
      label: titles[name],
      hint: {
        da: 'kolonnens overskrift i filen; udelad den, hvis den er almindelig',
        en: "the column's title in the file; leave it out where it is a usual one",
      },
    })),
    {
      name: 'rest_seconds',
      label: { da: 'Sekunder i ro', en: 'Seconds at rest' },
      hint: {
        da: 'så længe skal en fil have ligget urørt, før den læses',
        en: 'so long a file must have lain untouched before it is read',
      },
      usual: '10',
    },
  ],
  parse: (stored) => {
    const { rest_seconds: seconds, ...columns } = schema.parse(stored);
    return { columns: columnsFor(columns), restMs: Number(seconds) * 1_000 };
  },
};

/** Stock files that a warehouse system or a supplier drops into a folder. */
export const stockFileDrop: WarehouseDriver<FileOptions> = {
  id: filesId,
  label: { da: 'Filer i en mappe', en: 'Files in a folder' },
  credentials: [],
  options,
  can: filesCapabilities,
  addressHint: {
    da: 'en mappe, hvor lageret lægger CSV- eller JSON-filer, eller én fil',
    en: 'a folder where the warehouse puts CSV or JSON files, or one file',
  },
  normaliseAddress: (typed) => (isAbsolute(typed.trim()) ? { url: typed.trim() } : { problem: 'not-a-url' }),
  connect: makeFilesWarehouse,
};
