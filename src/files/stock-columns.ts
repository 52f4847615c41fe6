import type { ColumnNames, LesserTitles } from './table.ts';

/**
 * What the columns of a stock file may be called, as people, warehouses and suppliers of the neighbouring countries name
 * them. Blanks and signs between the letters say nothing.
 */
export const stockColumns = {
  sku: [
    'sku',
    'varenummer',
    'varenr',
    'vare id',
    'varekode',
    'item number',
    'item no',
    'item code',
    'product number',
    'product no',
    'product code',
    'product sku',
    'article number',
    'article no',
    'artikelnummer',
    'artikelnr',
    'art nr',
    'artikkelnummer',
    'artikkelnr',
    'produktnummer',
    'produktnr',
  ],
  onHand: [
    'on hand',
    'stock',
    'in stock',
    'stock quantity',
    'stock level',
    'quantity',
    'quantity on hand',
    'quantity in stock',
    'qty',
    'qty on hand',
    'stock qty',
    'antal',
    'antal på lager',
    'antal i lager',
    'beholdning',
    'lagerbeholdning',
    'lagerantal',
    'lager',
    'på lager',
    'i lager',
    'available in stock',
    'saldo',
    'lagersaldo',
    'menge',
    'bestand',
    'lagerbestand',
    'lagermenge',
  ],
  reserved: [
    'reserved',
    'reserveret',
    'reserverad',
    'reservert',
    'reserviert',
    'ordered by customers',
    'bestilt af kunder',
  ],
} as const satisfies ColumnNames;

/**
 * Titles by which programs mean these columns and people at times another thing. Beside a name a "Nummer" (Navision), a
 * "Vare" (Uniconta) or a "Reference" (PrestaShop) is the item number; alone a "Vare" may well be the name.
 */
export const lesserStockColumns: readonly LesserTitles[] = [
  {
    column: 'sku',
    titles: ['varenummer sku', 'variant sku', 'produktkode', 'product reference'],
  },
  {
    column: 'sku',
    titles: ['nummer', 'vare', 'reference', 'item', 'artikel', 'artikkel'],
    beside: [
      'navn',
      'varenavn',
      'produktnavn',
      'beskrivelse',
      'varebeskrivelse',
      'varetekst',
      'tekst',
      'betegnelse',
      'name',
      'product name',
      'item name',
      'description',
      'title',
      'titel',
    ],
  },
  {
    column: 'onHand',
    // The last two stand in one file of Shopify's: which of them is meant, a person says.
    titles: [
      'lagerstatus',
      'lagertal',
      'fysisk lager',
      'fysisk beholdning',
      'mængde',
      'inventory',
      'inventory quantity',
      'variant inventory qty',
      'on hand current',
      'on hand new',
    ],
    unless: 'available',
  },
];
