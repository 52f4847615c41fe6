import type { MatchedBy } from '../../../domain/warehouse/match-product.ts';
import type { ProductMaster } from '../../../domain/warehouse/warehouse.ts';
import type { Localised } from '../../../ports/platform.ts';
import type { PreviewRow, WarehouseSide } from '../../../services/warehouse/warehouse-service.ts';
import { many, toldCounts } from '../counts.ts';

type Of<Key extends string> = Readonly<Record<Key, string>>;

/** English words about the warehouse. Counts and times come in as ready texts. */
export const warehouse = {
  name: 'the warehouse',
  title: {
    warehouse: 'Warehouse',
    match: 'Match',
    by: 'By',
    hostId: 'Host id',
    ours: 'Ours',
    links: 'Shops',
    location: 'Location',
  },
  fact: {
    kind: 'System',
    address: 'Address',
    master: 'Products from',
    key: 'Key',
    read: 'Read',
    products: 'Products',
    unmatched: 'None of ours',
    unreadable: 'Unreadable',
    clock: 'Clock',
    failed: 'Last try',
    source: 'Figure from',
  },
  clockOff: (of: { off: string; isAhead: boolean }) =>
    `the clock there is ${of.off} ${of.isAhead ? 'ahead' : 'behind'}, so everything is read each time`,
  clockJumped: 'the clock there jumped, so everything was read',
  master: { shop: 'the shops', warehouse: 'the warehouse alone' } satisfies Of<ProductMaster>,
  /** Of a text in both languages, this one's. */
  label: (text: Localised) => text.en,
  says: (of: { label: string; figure: string; age: string }) => `${of.label} says ${of.figure} to sell (${of.age})`,
  goneSince: (age: string) => `not there any more (${age}): unknown, sent to no shop`,
  sharedSince: (age: string) => `two products there may be it (${age}): unknown, sent to no shop`,
  hasNoMore: (of: { label: string; figure: string; age: string; since: string }) =>
    `${of.label} has it no more (${of.since}); it said ${of.figure} to sell before (${of.age}). What lies there is unknown, and sent to no shop`,
  gone: (count: string) =>
    count === '1'
      ? '1 product is not in the warehouse any more: its figure is unknown, and sent to no shop.'
      : `${count} products are not in the warehouse any more: their figures are unknown, and sent to no shop.`,
  notShown: (count: string) => `${many(count, 'product is', 'products are')} not shown any more`,
  /** Follows `notShown`. */
  noneTaken: (count: string): string =>
    count === '1'
      ? 'That is many of what was there, so it is not taken to be gone.'
      : 'That is many, so none is taken to be gone.',
  wouldGoAdvice: (count: string) =>
    `Is it the right key and warehouse? If they are gone: bindeled warehouse sync --accept-gone ${count}`,
  wouldGoLook: 'Is it the right key and warehouse?',
  wouldGoKey: 'On Warehouse, a accepts it.',
  goneUndo: 'u takes it back.',
  acceptTitle: (count: string) => `Take ${many(count, 'product', 'products')} to be gone from the warehouse?`,
  acceptEffect: 'Their figures are unknown from then on, and sent to no shop. Products and links stay.',
  acceptLook: 'The warehouse is read once more first. Where it shows another number of them missing, none is taken.',
  acceptUndo: 'u takes it back: they count as before.',
  acceptYes: (count: string) => `Yes, ${many(count, 'is', 'are')} gone`,
  countedThere: (label: string) => `Stock comes from ${label}: count it there. S on Warehouse reads it again.`,
  countWhere: 'Where was it counted?',
  countTitle: (label: string) => `Write the count into ${label}?`,
  countEffect: (of: { name: string; place: string; was: string; now: string }) =>
    `${of.name}: ${of.was} to ${of.now}${of.place === '' ? '' : ` at ${of.place}`}`,
  countThere: (label: string) => `It changes the stock in ${label} itself.`,
  countUndo: 'u writes the figure before back.',
  countBack: (label: string) => `What lay there before is written back into ${label}.`,
  countYes: (label: string) => `Write it into ${label}`,
  counting: (label: string) => `Writing the count into ${label}`,
  counted: (of: { label: string; onHand: string }) => `${of.label} has ${of.onHand} on hand now.`,
  countedKeys: 'u takes it back, p shows what the shops would be told.',
  knowsAs: (id: string, shops: string) =>
    shops === '' ? `knows it as shop product ${id}` : `knows it as shop product ${id} (${shops})`,
  atLocations: (figure: string, locations: string) => `${figure} at ${locations}`,
  locations: 'Locations',
  partsDiffer: (sum: string) => `${sum} in all: goods that may not be picked lie there too`,
  sellsFrom: (shop: string, locations: string) => `${shop} sells what lies at ${locations}.`,
  sellsAll: (shop: string) => `${shop} sells all there is.`,
  shopLocation: 'Location in the shop',
  toldOf: 'Told of',
  notTold: 'nothing',
  noShopLocations: 'The shop has no location that can be told a figure.',
  toldAt: (shop: string, location: string, from: string) => `${location} in ${shop} is told what lies at ${from}.`,
  readNext: (command: string) => `Read what it has at each location: ${command}`,
  askingLocations: 'Asking the shop for its locations',
  noMoreInShop: 'not in the shop any more',
  /** In a line of the form: `Aarhus = A-*; Odense = B-1`. */
  shopLocationsHint: 'one figure: A-*, B-1. A figure for each location of the shop: Aarhus = A-*; Odense = B-1',
  listingOnly: 'no product of ours',
  ourProduct: 'product of ours',
  moreThere: 'There are more; ask for more with --limit.',
  noneOfOurs: (count: string) =>
    `${count} products of the warehouse are none of ours either: bindeled warehouse preview`,
  hooksNext:
    'Register them in PeakWMS (API: POST /webhook with name and url) and switch webhooks on there. Who knows an address can make us read again, no more.',
  side: {
    locations: 'What lies where',
    'not-in-warehouse': 'In the shop, not in the warehouse',
    'in-no-shop': 'In the warehouse, in no shop',
    preview: 'What a reading would do',
  } satisfies Of<WarehouseSide>,
  sideEmpty: {
    locations: 'The warehouse tells nothing of what lies where.',
    'not-in-warehouse': 'Everything that shops sell is in the warehouse.',
    'in-no-shop': 'Everything in the warehouse is in some shop.',
    preview: 'Nothing was asked yet: press l.',
  } satisfies Of<WarehouseSide>,
  chooseByForm: 'Choose a warehouse: press E',
  formTitle: 'Where the goods lie',
  masterHint: 'a fetched listing makes a product, or products come from the warehouse alone',
  sellsFromLine: (shop: string) => `${shop} sells from`,
  kindHint: 'left and right choose it',
  allLocations: 'all there is',
  mappingHint: "locations with commas between, 'A-*' for all that begin so",
  saved: 'Saved. Nothing was read yet: l shows what would change.',
  previewing: 'Asking the warehouse what would change',
  previewed: (of: { matched: string; unknown: string; figures: string; links: string }) =>
    `${toldCounts([of.matched, of.matched === '1' ? 'matches' : 'match'], [of.unknown, 'none of ours'])} ${
      of.figures === '0'
        ? 'No figure would change.'
        : `${many(of.figures, 'figure', 'figures')} would change over ${many(of.links, 'link', 'links')}.`
    } Nothing was changed.`,
  reading: 'Reading the warehouse',
  removeTitle: 'Back to our own stock?',
  removeYes: 'Back to our own stock',
  own: 'our own stock',
  notThere: 'not in the warehouse',
  twoThere: 'two of them there',
  unreachable: 'could not be asked',
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
    toldCounts(
      [of.read, 'read'],
      [of.changed, 'changed'],
      [of.created, 'new'],
      [of.unmatched, 'none of ours'],
      [of.unreadable, 'unreadable'],
    ),
  busy: (user: string) => `${user} is reading the warehouse now.`,
  unreadable: (where: string, said: string) => `${where}: ${said}`,
  waits: (time: string) => `Waiting for the warehouse: the reading goes on at ${time}, where it was.`,
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
    inShop: (shop: string, figures: string, zeroes: string) =>
      `  ${shop}: ${figures} figures would change, ${zeroes} of them to nothing left to sell`,
    notInWarehouse: (count: string) => `${count} of ours are not in the warehouse; their figures stay`,
    nothing: 'Nothing was changed. Read it with: bindeled warehouse sync',
    empty: 'Everything matches, and no figure changes.',
    partly: 'What could be read matches, and changes no figure.',
    unread: 'Nothing could be read, for these reasons:',
    none: 'There is nothing to read.',
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
    noHooks: (kind: string) => ({
      said: `${kind} tells nothing by itself.`,
      advice: 'Read it by rounds: bindeled warehouse sync --changes',
    }),
    noLocations: (kind: string) => ({
      said: `${kind} does not tell what lies where.`,
      advice: 'Every shop sells all there is.',
    }),
    oneShopLocation: (platform: string) => ({
      said: `A shop on ${platform} is told one figure: it has no locations of its own that can be told.`,
      advice: 'Say which locations of the warehouse it sells from: bindeled warehouse locations <shop> <location>',
    }),
    unknownShopLocation: (location: string, known: string) => ({
      said: `The shop has no location, or several, by the name ${location}.`,
      advice: known === '' ? 'It has none that can be told a figure.' : `It has: ${known}`,
    }),
    locationToldTwice: (location: string, at: string) => ({
      said: `The same goods would be told of at two locations of the shop: ${location} (${at}).`,
      advice: 'What lies in one place can be sold once. Take it from one of the two first: --at <location> --none',
    }),
    toldByLocation: (shop: string) => ({
      said: `${shop} is told at several locations of its own.`,
      advice: `Say which one with --at, or go back to one figure first: bindeled warehouse locations ${shop} --all`,
    }),
    noCounting: (kind: string) => ({
      said: `${kind} takes no counts from here.`,
      advice: 'Count it in the warehouse system, and read again: bindeled warehouse sync',
    }),
    notInWarehouse: (kind: string) => ({
      said: `${kind} does not have this product.`,
      advice: 'See what matches: bindeled warehouse preview',
    }),
    stockFromWarehouse: (kind: string) => ({
      said: `Stock comes from ${kind}: a figure typed here would be gone at its next sync.`,
      advice: 'Count it in the warehouse system, and read again: bindeled warehouse sync',
    }),
  },
};
