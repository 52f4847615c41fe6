import type { warehouse as english } from '../en/warehouse.ts';

/** Danish words about the warehouse. */
export const warehouse: typeof english = {
  name: 'lageret',
  title: { warehouse: 'Lager', match: 'Genkendt', by: 'Ved', hostId: 'Host-id', ours: 'Vores', links: 'Shops' },
  fact: {
    kind: 'System',
    address: 'Adresse',
    master: 'Varer fra',
    key: 'Nøgle',
    read: 'Læst',
    products: 'Varer',
    unmatched: 'Ingen af vores',
    unreadable: 'Ulæselige',
    failed: 'Seneste forsøg',
    source: 'Tal fra',
  },
  master: { shop: 'shopperne', warehouse: 'lageret alene' },
  never: 'aldrig',
  hasKey: 'gemt',
  noKey: (names) => `mangler: ${names}`,
  tooOld: 'for gamle: sendes ikke til nogen shop',
  added: (label) => `${label} er nu lageret. Intet er læst endnu.`,
  changed: (label) => `${label} er rettet.`,
  removed: 'Eget lager gælder igen. Tallene bliver stående.',
  keyKept: 'Nøglen er gemt.',
  next: { test: 'bindeled warehouse test', preview: 'bindeled warehouse preview', key: 'bindeled warehouse key' },
  connected: (label) => `${label} svarer.`,
  ownStock: 'Eget lager: tal tælles, tastes eller importeres her.',
  noProducts: 'Det viser ingen varer.',
  sample: 'De første varer:',
  synced: (of) =>
    `${of.read} læst, ${of.changed} ændret, ${of.created} nye, ${of.unmatched} ingen af vores, ${of.unreadable} ulæselige.`,
  busy: (user) => `${user} læser lageret lige nu.`,
  unreadable: (where, said) => `${where}: ${said}`,
  figuresStay: 'Tallene bliver stående og bliver ældre.',
  match: {
    matched: 'passer',
    ambiguous: 'flere mulige',
    differs: 'andet varenummer',
    unknown: 'ingen af vores',
  },
  by: { key: 'kendt', sku: 'varenummer', 'host-id': 'produkt-id', gtin: 'GTIN' },
  preview: {
    matched: (count, by) => `${count} passer${by === '' ? '' : ` (${by})`}`,
    others: (ambiguous, differs, unknown) =>
      `${unknown} er ingen af vores, ${ambiguous} kan være flere, ${differs} har et andet varenummer`,
    figures: (figures, links) => `${figures} tal ville ændre sig, over ${links} koblinger til shops`,
    notInWarehouse: (count) => `${count} af vores er ikke på lageret; deres tal bliver stående`,
    nothing: 'Intet er ændret. Læs det med: bindeled warehouse sync',
    empty: 'Alt passer, og intet tal ændrer sig.',
  },
  refusal: {
    none: { said: 'Der er ikke valgt noget lager.', advice: 'Vælg et: bindeled warehouse add peakwms' },
    exists: (kind) => ({
      said: `${kind} er allerede lageret.`,
      advice: 'Ret det, eller gå først tilbage til eget lager: bindeled warehouse remove',
    }),
    noKey: (names) => ({
      said: 'Der er ingen nøgle til lageret.',
      advice: `Gem den med bindeled warehouse key, eller sæt ${names}.`,
    }),
    stockFromWarehouse: (kind) => ({
      said: `Beholdningen kommer fra ${kind}: et tal tastet her ville forsvinde ved næste synkronisering.`,
      advice: 'Tæl i lagersystemet, og læs igen: bindeled warehouse sync',
    }),
  },
};
