import type { ColumnNames } from './table.ts';

/** What the columns of a stock file may be called, as people, warehouses and suppliers name them. */
export const stockColumns = {
  sku: ['sku', 'varenummer', 'varenr', 'varenr.', 'item number', 'itemnumber', 'item no', 'item no.'],
  onHand: [
    'on hand',
    'onhand',
    'stock',
    'quantity',
    'qty',
    'antal',
    'beholdning',
    'lager',
    'på lager',
    'available in stock',
  ],
  reserved: ['reserved', 'reserveret', 'ordered by customers', 'bestilt af kunder'],
} as const satisfies ColumnNames;
