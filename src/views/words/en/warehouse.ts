import type { MatchedBy } from '../../../domain/warehouse/match-product.ts';
import type { ProductMaster } from '../../../domain/warehouse/warehouse.ts';
import type { PreviewRow } from '../../../services/warehouse/warehouse-service.ts';

type Of<Key extends string> = Readonly<Record<Key, string>>;

/** English words about the warehouse. Counts and times come in as ready texts. */
export const warehouse = {
  name: 'the warehouse',
  title: { warehouse: 'Warehouse', match: 'Match', by: 'By', hostId: 'Host id', ours: 'Ours', links: 'Shops' },
  fact: {
    kind: 'System',
    address: 'Address',
    master: 'Products from',
    key: 'Key',
    read: 'Read',
    products: 'Products',
    unmatched: 'None of ours',
    unreadable: 'Unreadable',
    failed: 'Last try',
    source: 'Figure from',
  },
  master: { shop: 'the shops', warehouse: 'the warehouse alone' } satisfies Of<ProductMaster>,
  never: 'never',
  hasKey: 'kept',
  noKey: (names: string) => `missing: ${names}`,
  tooOld: 'too old: sent to no shop',
  added: (label: string) => `${label} is the warehouse now. Nothing has been read yet.`,
  changed: (label: string) => `${label} is changed.`,
  removed: 'Our own stock counts again. The figures stay as they are.',
  keyKept: 'The key is kept.',
  next: { test: 'bindeled warehouse test', preview: 'bindeled warehouse preview', key: 'bindeled warehouse key' },
  connected: (label: string) => `${label} answers.`,
  ownStock: 'Our own stock: figures are counted, typed or imported here.',
  noProducts: 'It shows no products.',
  sample: 'The first products:',
  synced: (of: { read: string; changed: string; created: string; unmatched: string; unreadable: string }) =>
    `${of.read} read, ${of.changed} changed, ${of.created} new, ${of.unmatched} none of ours, ${of.unreadable} unreadable.`,
  busy: (user: string) => `${user} is reading the warehouse now.`,
  unreadable: (where: string, said: string) => `${where}: ${said}`,
  figuresStay: 'The figures stay as they are, and grow older.',
  match: {
    matched: 'matches',
    ambiguous: 'several meant',
    differs: 'other item number',
    unknown: 'none of ours',
  } satisfies Of<PreviewRow['kind']>,
  by: { key: 'known', sku: 'item number', 'host-id': 'shop product id', gtin: 'GTIN' } satisfies Of<MatchedBy>,
  preview: {
    matched: (count: string, by: string) => `${count} match${by === '' ? '' : ` (${by})`}`,
    others: (ambiguous: string, differs: string, unknown: string) =>
      `${unknown} are none of ours, ${ambiguous} could be several, ${differs} have another item number`,
    figures: (figures: string, links: string) => `${figures} figures would change, over ${links} links to shops`,
    notInWarehouse: (count: string) => `${count} of ours are not in the warehouse; their figures stay`,
    nothing: 'Nothing was changed. Read it with: bindeled warehouse sync',
    empty: 'Everything matches, and no figure changes.',
  },
  refusal: {
    none: { said: 'No warehouse is chosen.', advice: 'Choose one: bindeled warehouse add peakwms' },
    exists: (kind: string) => ({
      said: `${kind} is the warehouse already.`,
      advice: 'Change it, or go back to our own stock first: bindeled warehouse remove',
    }),
    noKey: (names: string) => ({
      said: 'There is no key for the warehouse.',
      advice: `Keep it with bindeled warehouse key, or set ${names}.`,
    }),
    stockFromWarehouse: (kind: string) => ({
      said: `Stock comes from ${kind}: a figure typed here would be gone at its next sync.`,
      advice: 'Count it in the warehouse system, and read again: bindeled warehouse sync',
    }),
  },
};
