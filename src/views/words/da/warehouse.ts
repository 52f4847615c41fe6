import { many, toldCounts } from '../counts.ts';
import type { warehouse as english } from '../en/warehouse.ts';

/** Danish words about the warehouse. */
export const warehouse: typeof english = {
  name: 'lageret',
  title: {
    warehouse: 'Lager',
    match: 'Genkendt',
    by: 'Ved',
    hostId: 'Host-id',
    ours: 'Vores',
    links: 'Shops',
    location: 'Lokation',
  },
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
  master: { shop: 'shoppene', warehouse: 'lageret alene' },
  label: (text) => text.da,
  says: (of) => `${of.label} siger ${of.figure} disponibel (${of.age})`,
  goneSince: (age) => `findes der ikke mere (${age}): ukendt, sendes ikke til nogen shop`,
  hasNoMore: (of) =>
    `${of.label} har den ikke mere (${of.since}); før stod der ${of.figure} til salg (${of.age}). Antallet er ukendt og sendes ikke til nogen shop`,
  gone: (count) =>
    count === '1'
      ? '1 produkt findes ikke på lageret mere: antallet er ukendt og sendes ikke til nogen shop.'
      : `${count} produkter findes ikke på lageret mere: deres antal er ukendt og sendes ikke til nogen shop.`,
  notShown: (count) => `${many(count, 'produkt', 'produkter')} vises ikke mere`,
  noneTaken: (count) =>
    count === '1' ? 'Det er en stor del, så det regnes ikke for væk.' : 'Det er mange, så ingen regnes for væk.',
  wouldGoAdvice: (count) =>
    `Er det den rette nøgle og det rette lager? Er de væk: bindeled warehouse sync --accept-gone ${count}`,
  wouldGoKey: 'Er det den rette nøgle og det rette lager? På Lager godkender a det.',
  goneUndo: 'u fortryder.',
  acceptTitle: (count) => `Er ${many(count, 'produkt', 'produkter')} væk fra lageret?`,
  acceptEffect: 'Deres antal er ukendt fra nu af og sendes ikke til nogen shop. Produkter og koblinger bliver.',
  acceptLook: 'Lageret læses en gang til først. Mangler der et andet antal, regnes ingen for væk.',
  acceptUndo: 'u fortryder: de gælder som før.',
  acceptYes: (count) => `Ja, ${count} er væk`,
  countedThere: (label) => `Beholdningen kommer fra ${label}: tæl der. S på Lager læser den igen.`,
  countWhere: 'Hvor er der talt?',
  countTitle: (label) => `Skriv optællingen i ${label}?`,
  countEffect: (of) => `${of.name}: ${of.was} til ${of.now}${of.place === '' ? '' : ` på ${of.place}`}`,
  countUndo: (label) => `Det ændrer beholdningen i selve ${label}. u skriver det forrige antal tilbage.`,
  countBack: (label) => `Det forrige antal skrives tilbage i ${label}.`,
  countYes: (label) => `Skriv det i ${label}`,
  counting: (label) => `Skriver optællingen i ${label}`,
  counted: (of) => `${of.label} har nu ${of.onHand} på lager. u fortryder, p viser, hvad shoppene får at vide.`,
  knowsAs: (id, shops) =>
    shops === '' ? `kender det som shop-produkt ${id}` : `kender det som shop-produkt ${id} (${shops})`,
  atLocations: (figure, locations) => `${figure} på ${locations}`,
  locations: 'Lokationer',
  partsDiffer: (sum) => `${sum} i alt: her ligger også varer, der ikke må plukkes`,
  sellsFrom: (shop, locations) => `${shop} sælger det, der ligger på ${locations}.`,
  sellsAll: (shop) => `${shop} sælger af det hele.`,
  shopLocation: 'Lokation i shoppen',
  toldOf: 'Får tal fra',
  notTold: 'intet',
  noShopLocations: 'Shoppen har ingen lokation, der kan få et tal.',
  toldAt: (shop, location, from) => `${location} i ${shop} får det, der ligger på ${from}.`,
  readNext: (command) => `Læs, hvad den har på hver lokation: ${command}`,
  askingLocations: 'Spørger shoppen om dens lokationer',
  noMoreInShop: 'findes ikke længere i shoppen',
  shopLocationsHint: 'ét tal: A-*, B-1. Et tal for hver af shoppens lokationer: Aarhus = A-*; Odense = B-1',
  listingOnly: 'ingen af vores varer',
  ourProduct: 'vores vare',
  moreThere: 'Der er flere; bed om dem med --limit.',
  noneOfOurs: (count) => `${count} af lagerets varer er heller ingen af vores: bindeled warehouse preview`,
  hooksNext:
    'Registrér dem i PeakWMS (API: POST /webhook med name og url), og slå webhooks til der. Den, der kender en adresse, kan få os til at læse igen, ikke andet.',
  side: {
    locations: 'Hvad der ligger hvor',
    'not-in-warehouse': 'I shoppen, ikke på lageret',
    'in-no-shop': 'På lageret, i ingen shop',
    preview: 'Hvad en læsning ville gøre',
  },
  sideEmpty: {
    locations: 'Lageret fortæller ikke, hvad der ligger hvor.',
    'not-in-warehouse': 'Alt, som shopperne sælger, er på lageret.',
    'in-no-shop': 'Alt på lageret er i en shop.',
    preview: 'Der er ikke spurgt endnu: tryk l.',
  },
  chooseByForm: 'Vælg et lager: tryk E',
  formTitle: 'Hvor varerne ligger',
  masterHint: 'en hentet vare bliver et produkt, eller varer kommer fra lageret alene',
  sellsFromLine: (shop) => `${shop} sælger fra`,
  allLocations: 'det hele',
  mappingHint: "lokationer med komma imellem, 'A-*' for alle, der begynder sådan",
  saved: 'Gemt. Intet er læst endnu: l viser, hvad der ville ændre sig.',
  previewing: 'Spørger lageret, hvad der ville ændre sig',
  previewed: (of) =>
    `${toldCounts([of.matched, 'passer'], [of.unknown, 'ikke vores'])} ${
      of.figures === '0'
        ? 'Intet tal ville ændre sig.'
        : `${of.figures} tal ville ændre sig over ${many(of.links, 'kobling', 'koblinger')}.`
    } Intet er ændret.`,
  reading: 'Læser lageret',
  removeTitle: 'Tilbage til eget lager?',
  removeYes: 'Tilbage til eget lager',
  own: 'eget lager',
  notThere: 'ikke på lageret',
  unreachable: 'kunne ikke spørges',
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
    toldCounts(
      [of.read, 'læst'],
      [of.changed, 'ændret'],
      [of.created, 'nye'],
      [of.unmatched, 'ikke vores'],
      [of.unreadable, 'ulæselige'],
    ),
  busy: (user) => `${user} læser lageret lige nu.`,
  unreadable: (where, said) => `${where}: ${said}`,
  waits: (time) => `Lageret beder os vente: læsningen fortsætter kl. ${time}, hvor den slap.`,
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
    inShop: (shop, figures, zeroes) => `  ${shop}: ${figures} tal ville ændre sig, heraf ${zeroes} til udsolgt`,
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
    noHooks: (kind) => ({
      said: `${kind} fortæller intet af sig selv.`,
      advice: 'Læs det i runder: bindeled warehouse sync --changes',
    }),
    noLocations: (kind) => ({
      said: `${kind} fortæller ikke, hvad der ligger hvor.`,
      advice: 'Alle shops sælger af det hele.',
    }),
    oneShopLocation: (platform) => ({
      said: `En shop på ${platform} får ét tal: den har ingen egne lokationer, der kan få et.`,
      advice: 'Sig, hvilke af lagerets lokationer den sælger fra: bindeled warehouse locations <shop> <lokation>',
    }),
    unknownShopLocation: (location, known) => ({
      said: `Shoppen har ingen lokation, eller flere, med navnet ${location}.`,
      advice: known === '' ? 'Den har ingen, der kan få et tal.' : `Den har: ${known}`,
    }),
    locationToldTwice: (location, at) => ({
      said: `De samme varer ville blive meldt på to af shoppens lokationer: ${location} (${at}).`,
      advice: 'Det, der ligger ét sted, kan sælges én gang. Tag det først fra den ene: --at <lokation> --none',
    }),
    toldByLocation: (shop) => ({
      said: `${shop} får et tal for hver af sine egne lokationer.`,
      advice: `Sig hvilken med --at, eller gå først tilbage til ét tal: bindeled warehouse locations ${shop} --all`,
    }),
    noCounting: (kind) => ({
      said: `${kind} tager ikke imod optællinger herfra.`,
      advice: 'Tæl i lagersystemet, og læs igen: bindeled warehouse sync',
    }),
    notInWarehouse: (kind) => ({
      said: `${kind} har ikke produktet.`,
      advice: 'Se, hvad der passer: bindeled warehouse preview',
    }),
    stockFromWarehouse: (kind) => ({
      said: `Beholdningen kommer fra ${kind}: et tal tastet her ville forsvinde ved næste synkronisering.`,
      advice: 'Tæl i lagersystemet, og læs igen: bindeled warehouse sync',
    }),
  },
};
