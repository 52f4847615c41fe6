import type { ConflictChoice, ConflictKind } from '../../../domain/conflict.ts';
import type { Advice, Cause, Certainty } from '../../../domain/diagnosis/diagnosis.ts';
import type { LinkNote } from '../../../domain/diagnosis/link-notes.ts';
import type { DomainEvent, FetchOutcome } from '../../../domain/event.ts';
import type { UndoRefusal } from '../../../domain/history/undo-rules.ts';
import type { Rung } from '../../../domain/inactive/inactive-row.ts';
import type { LinkedBy, RemovalReason } from '../../../domain/integration.ts';
import type { FigureCause } from '../../../domain/integrations/figure-cause.ts';
import type { Activity, Sellable, Unbuyable } from '../../../domain/listing.ts';
import type { Mark } from '../../../domain/mark.ts';
import type { GuardQuestion } from '../../../domain/push/push-guards.ts';
import type { PushGuard, PushRefusal } from '../../../domain/push-plan.ts';
import type { Run, RunOutcome, RunStatus } from '../../../domain/shop.ts';
import type { UrlProblem } from '../../../ports/platform.ts';
import type { ShopErrorKind } from '../../../ports/shop-error.ts';
import { many } from '../counts.ts';

type Of<Key extends string> = Readonly<Record<Key, string>>;

/** English words of the trade: what is true, in words. Counts and times come in as ready texts. */
export const domain = {
  language: 'English',
  locale: 'en',
  decimal: '.',
  thousands: ',',
  yes: 'yes',
  no: 'no',
  none: 'none',
  unknown: 'unknown',
  never: 'never',

  // Time
  second: 's',
  minute: 'min',
  hour: 'h',
  day: 'd',
  justNow: 'just now',
  ageNow: 'now',
  ago: (age: string) => `${age} ago`,
  since: (when: string) => `since ${when}`,
  until: (when: string) => `until ${when}`,
  days: (count: string) => many(count, 'day', 'days'),

  // Nouns and counts
  noItemNumber: 'no item number',
  noEan: 'none',
  noName: 'no name',
  ofShops: (linked: string, expected: string) => `${linked} of ${many(expected, 'shop', 'shops')}`,
  noShops: 'expected in no shop',
  noShopSynced: 'No shop was read.',
  noShopToSync: 'No shop was read: there is none yet.',
  products: (count: string) => many(count, 'product', 'products'),
  integrations: (count: string) => many(count, 'product integration', 'product integrations'),
  listings: (count: string) => many(count, 'listing', 'listings'),
  conflicts: (count: string) => many(count, 'conflict', 'conflicts'),
  lostLinks: (count: string) => many(count, 'link lost', 'links lost'),
  shops: (count: string) => many(count, 'shop', 'shops'),
  rows: (count: string) => many(count, 'line', 'lines'),
  onHand: 'on hand',
  reserved: 'reserved',
  available: 'available',
  /** A figure that is available: "20 available". */
  availableFigure: (figure: string) => `${figure} available`,
  shopProductId: 'product id',
  itemNumber: 'item number',

  activity: { active: 'active', draft: 'draft', archived: 'archived', disabled: 'not active' } satisfies Of<Activity>,
  sellable: {
    unit: 'sold by itself',
    parent: 'sold through its variants only',
    'not-stocked': 'takes no stock figure',
  } satisfies Of<Sellable>,
  how: {
    sync: 'by a sync',
    fetch: 'by a fetch',
    hand: 'by hand',
    undo: 'by an undo',
  } satisfies Of<LinkedBy>,
  removal: {
    'inactive-in-shop': 'it went inactive in the shop',
    'gone-from-shop': 'it was deleted in the shop',
    'became-parent': 'it is sold through variants now',
    'removed-by-user': 'a person deleted it',
    moved: 'the link was moved to another product',
    'shop-removed': 'the shop was taken out of Bindeled',
  } satisfies Of<RemovalReason>,
  matched: {
    sku: 'item number',
    'former-sku': 'former item number',
    gtin: 'EAN',
    barcode: 'barcode',
    'shop-product-id': 'product id in shop',
    'shop-variant-id': 'variant id in shop',
    'product-id': 'our own id',
    name: 'name',
  },
  matchedHow: { exact: 'the whole of it', beginning: 'its beginning', middle: 'part of it' },
  content: { name: 'name', description: 'description', imageUrl: 'image', price: 'price' },
  /** What a shop has changed about a product. */
  changes: {
    name: 'new name',
    description: 'new description',
    imageUrl: 'new image',
    price: 'new price',
    gtin: 'new EAN',
  },
  difference: { price: 'price', name: 'name' },

  // Why is there no link
  certainty: {
    confirmed: 'confirmed',
    likely: 'likely',
    possible: 'possible',
    'ruled-out': 'ruled out',
  } satisfies Of<Certainty>,
  /** Short, for a table cell. */
  cause: {
    'connection-down': 'no connection to the shop',
    'shop-paused': 'shop is paused',
    'not-for-this-shop': 'not for this shop',
    'inactive-in-shop': 'not active in the shop',
    'shop-id-taken': 'product id is taken',
    'sku-twice-in-shop': 'item number twice in the shop',
    ambiguous: 'several could be meant',
    'removed-by-user': 'deleted by a person',
    'gone-from-shop': 'deleted in the shop',
    'now-has-variants': 'now sold as variants',
    refused: 'refused by the shop',
    'other-spelling': 'spelled differently',
    'variant-missing': 'variant is missing',
    'not-fetched-yet': 'not fetched yet',
    'only-in-warehouse': 'only in the warehouse',
    'never-in-this-shop': 'never seen in this shop',
    unknown: 'unknown',
  } satisfies Of<Cause>,
  /** One whole sentence. */
  causeSentences: {
    'connection-down': 'The shop does not let us in, so nothing can be said about its products.',
    'shop-paused': 'The shop is paused here; it is neither read nor written.',
    'not-for-this-shop': 'Somebody marked it as not meant for this shop.',
    'inactive-in-shop': 'It is not active in the shop, so its product integration was taken away there.',
    'shop-id-taken': 'Its product id in the shop already belongs to another product, most likely because it is a copy.',
    ambiguous: 'More than one of our products could be meant, so none was linked.',
    'sku-twice-in-shop': 'Two listings in the shop carry its item number; the other one has the product integration.',
    'removed-by-user': 'A person deleted the product integration.',
    'gone-from-shop': 'The shop no longer knows it.',
    'now-has-variants':
      'The shop used to sell it by itself and now sells it through variants. None of them is known to be ours.',
    refused: 'It was fetched, but the answer was refused.',
    'other-spelling': 'The shop has something nearly the same under another item number or EAN.',
    'variant-missing': 'The shop product is known, but this variant of it is not.',
    'not-fetched-yet': 'It has not been fetched from the shop yet.',
    'only-in-warehouse': 'It was created in the warehouse and is in no shop. That is as it should be.',
    'never-in-this-shop': 'A full sync of the shop did not find it.',
    unknown: 'No cause could be found.',
  } satisfies Of<Cause>,
  /** What is wrong between us and a shop: for a table cell, and as one whole sentence. */
  connectionTrouble: {
    silent: {
      label: 'no connection to the shop',
      sentence: 'The shop does not answer, so nothing can be said about its products.',
    },
    broken: {
      label: 'the shop has an error of its own',
      sentence: 'The shop answers with an error of its own, so nothing can be said about its products.',
    },
    busy: {
      label: 'the shop asks us to slow down',
      sentence: 'The shop asks us to slow down, so nothing can be said about its products yet.',
    },
    shut: {
      label: 'the shop does not let us in',
      sentence: 'The shop does not let us in, so nothing can be said about its products.',
    },
    elsewhere: {
      label: 'the address is not this shop',
      sentence: 'The address does not lead to this shop any more, so nothing can be said about its products.',
    },
    unusable: {
      label: 'the answer cannot be used',
      sentence: 'The shop answers, but with nothing that can be used, so nothing can be said about the product.',
    },
    ourFault: {
      label: 'error in the program',
      sentence:
        'The program itself failed when it spoke with the shop, so nothing can be said about its products. Restart it.',
    },
    showsNothing: {
      label: 'the shop shows no products',
      sentence: 'The shop shows no products at all, so it is not believed about one. No link was removed.',
    },
  },
  evidence: {
    live: 'asked just now',
    asked: (ago: string) => `asked ${ago}`,
    shopSays: (word: string, ref: string) => `the shop says "${word}" about ${ref}`,
    shopDoesNotKnow: (ref: string) => `the shop does not know ${ref}`,
    anotherUnderId: (ref: string, sku: string) => `the shop now has another product under ${ref}, ${sku}`,
    shopDoesNotAnswer: (said: string) => `the shop did not answer as it should: ${said}`,
    shopAnswers: 'the shop answers',
    shopIsPaused: 'the shop is set to paused',
    linkRemoved: (who: string, because: string, ref: string) => `${who} removed the link to ${ref}: ${because}`,
    note: (text: string) => `note: ${text}`,
    noRemovalKnown: 'no removal of a link is known',
    idHeldBy: (ref: string, holder: string) => `${ref} is linked to ${holder}`,
    noConflict: 'no conflict is known',
    markedNotForThisShop: (who: string) => `${who} marked it as not for this shop`,
    createdInWarehouse: 'created in the warehouse',
    fetchedFrom: (shop: string) => `fetched from ${shop}`,
    completeReadingWithoutIt: (listings: string) => `a full sync of ${listings} did not find it`,
    noCompleteReading: 'the shop has never been read completely',
    createdAfterReading: 'it was created after the last full sync',
    listingSeenUnlinked: (ref: string) => `${ref} was seen in the shop, without a link`,
    nearSku: (ours: string, theirs: string, ref: string) =>
      `our item number "${ours}" looks like "${theirs}" in the shop (${ref})`,
    nearGtin: (ours: string, theirs: string, ref: string) =>
      `our EAN "${ours}" looks like "${theirs}" in the shop (${ref})`,
    noNearSpelling: 'nothing in the shop is spelled nearly the same',
    ruledNotTheSame: (who: string, ref: string) => `${who} ruled that ${ref} is not this product`,
    hiddenAfterZero: (ref: string) =>
      `${ref} went inactive right after 0 was sent, and does not come back by itself: does the shop hide what is sold out?`,
    parentKnown: (ref: string) => `the shop product ${ref} is known`,
    refused: (why: string) => `refused: ${why}`,
  },
  refusedFor: { 'no-permission': 'the key lacks a permission', unintelligible: 'the answer could not be understood' },
  advice: {
    'fetch-product': 'Fetch the product again.',
    'activate-in-shop-by-hand':
      'Activate it in the shop, by hand, then fetch it again. Bindeled has no right to activate anything in a shop.',
    'open-conflict': 'Open the conflict and choose.',
    'restore-from-trash-in-shop': 'Restore it from the trash in the shop, by hand, then fetch it again.',
    'await-date-in-shop':
      'The shop puts it on sale by itself at its date. If it should be sold already, publish it there by hand, then fetch it again.',
    'activate-parent-in-shop-by-hand':
      'It is off through the product that it is a variant of: activate that in the shop, by hand, then fetch it again.',
    'put-into-website-by-hand': 'Put it into the website in the shop, by hand, then fetch it again.',
    'put-up-again-in-shop':
      'It is no longer in the shop. Put it up again there, link another product or variant there by hand, or mark it as not for this shop.',
    'link-a-variant': 'Give the right variant its item number in the shop, or link one of them by hand.',
    'give-it-its-own-id-in-shop': 'Give the copy its own id in the shop, then fetch it again.',
    'open-shop-health': 'Look at the shop first; leave the product alone until the shop answers.',
    'resume-shop': 'Resume the shop when it should be read again.',
    'undo-removal': 'Undo the removal, or fetch the product again.',
    'correct-spelling-in-shop': 'Correct the item number or EAN in the shop, then fetch it again.',
    'sync-shop': 'Sync the shop, all of it.',
    'mark-not-for-this-shop': 'If it is not meant for this shop, mark it so, and the line leaves the list.',
    'copy-ticket': 'Copy the ticket and pass it on with everything that was checked.',
    'nothing-to-do': 'Nothing to do.',
  } satisfies Of<Advice>,
  /** Two or three words: the label of the next step. */
  adviceShort: {
    'fetch-product': 'fetch again',
    'activate-in-shop-by-hand': 'activate in shop by hand',
    'open-conflict': 'open conflict',
    'restore-from-trash-in-shop': 'restore from trash',
    'await-date-in-shop': 'await its date',
    'activate-parent-in-shop-by-hand': 'activate its product',
    'put-into-website-by-hand': 'put into website',
    'put-up-again-in-shop': 'put up again in shop',
    'link-a-variant': 'link a variant',
    'give-it-its-own-id-in-shop': 'own id in shop',
    'open-shop-health': 'see the shop',
    'resume-shop': 'resume shop',
    'undo-removal': 'undo removal',
    'correct-spelling-in-shop': 'correct in shop',
    'sync-shop': 'sync shop',
    'mark-not-for-this-shop': 'not for this shop?',
    'copy-ticket': 'copy ticket',
    'nothing-to-do': 'nothing to do',
  } satisfies Of<Advice>,
  integrated: (ref: string) => `Linked to ${ref}.`,
  integratedStale: (ref: string, why: string) => `Linked to ${ref}, but stock does not get through: ${why}.`,
  goodsUnsellable: (count: string) => `${count} on hand that this shop cannot sell.`,
  ruledOut: 'Ruled out',
  next: 'Next',
  asOf: (age: string) => `knowledge ${age} old`,

  // A product's place in a shop
  place: {
    linked: 'linked',
    unbuyable: 'linked, not for sale',
    differs: 'differs',
    stale: 'linked, stuck',
    missing: 'missing',
    conflict: 'conflict',
    inactive: 'inactive',
    unexpected: 'not expected',
    trouble: 'no answer',
  },
  lastSent: (quantity: string) => `sent ${quantity}`,
  shopHas: (quantity: string) => `shop has ${quantity}`,
  notTracked: 'shop does not count it',
  outOfStock: 'shop does not count it and says sold out',
  countedOnParent: 'counted on the product, not on the variant',
  figureUnreadable: (field: string, value: string) => `the shop's figure cannot be read (${field}: "${value}")`,
  unbuyable: {
    'out-of-stock': 'sold out',
    hidden: 'hidden from customers',
    'not-purchasable': 'cannot be put into the basket',
    'no-price': 'no price',
    scheduled: 'not for sale yet',
  } satisfies Of<Unbuyable['why']>,
  /** What is to be known of a link that stands, each as the end of a sentence. */
  linkNote: {
    notCounted: 'the shop does not count its stock, so none is sent',
    notAUnit: (word: string) => `the shop keeps no stock figure of its own for it, so none is sent (it says "${word}")`,
    countedOnParent: 'its stock is counted on the parent, not on the variant, so none is sent',
    figureUnreadable: (field: string, value: string) =>
      `the shop's figure cannot be read: ${field} says "${value}". Nothing is sent over it`,
    rowUnreadable: (what: string) => `the shop's row of it could not be read: ${what}. What is shown is older`,
    cannotBeBought: (why: string, word: string) =>
      `it is active, but nobody can buy it: ${why} (the shop says "${word}")`,
    notStockedAt: (location: string, figure: string) =>
      `not stocked at ${location} in the shop, so ${figure} cannot be sold from there. Stock it there in the shop's admin, then fetch it again`,
    linkedByGtin: (ours: string, theirs: string) =>
      `linked by EAN alone: we call it ${ours}, the shop calls it ${theirs}`,
    otherGtin: (ours: string, theirs: string) => `only an EAN joined them: ours is ${ours} now, the shop's ${theirs}`,
    otherItemNumber: (ours: string, theirs: string) => `we call it ${ours}, the shop calls it ${theirs}`,
    inConflict: (conflict: string) => `a conflict is open: ${conflict}`,
    stockDiffers: (shopHas: string, ours: string, why: string) =>
      `the shop has ${shopHas} and ought to have ${ours}: ${why}`,
    stockDiffersAt: (location: string, shopHas: string, ours: string, why: string) =>
      `at ${location} the shop has ${shopHas} and ought to have ${ours}: ${why}`,
  },
  /** What a person does about it; nothing where the note says so itself. */
  linkNoteNext: {
    notCounted: 'If it is to follow our stock, let the shop count it, then fetch it again.',
    countedOnParent: 'If it is to follow our stock, let the shop count each variant by itself, then fetch it again.',
    figureUnreadable: 'Correct the figure in the shop, then fetch it again.',
    rowUnreadable: 'Correct it in the shop, then fetch it again. If it looks right there, copy the ticket.',
    unbuyable: {
      'out-of-stock': 'Send our figure; if the shop has it already, look there what keeps it sold out.',
      hidden: 'If customers are to find it, make it visible in the shop, by hand.',
      'not-purchasable': 'Look in the shop what keeps it out of the basket.',
      'no-price': 'Give it a price in the shop.',
      scheduled: 'Nothing to do until then, unless the date in the shop is wrong.',
    } satisfies Of<Unbuyable['why']>,
    otherNumber:
      'Look whether the two are the same before stock is sent: if so, correct the item number in the shop; if not, delete the link.',
    stockDiffers: {
      'never-counted': 'Count it first: a push would send 0.',
      'never-sent': 'Push: ours is sent.',
      refused: 'Push again once what keeps it back is mended.',
      'changed-here': 'Push: ours is sent.',
      'changed-on-both-sides': 'Look what was sold in the shop meanwhile; a push asks before it sends ours.',
      'changed-there': 'Fetch it again, and push if the shop still has another figure.',
      'not-stocked-there': 'Stock it there in the shop, then fetch it again.',
    } satisfies Of<FigureCause>,
  },
  /** The same in a few words, for a table cell. */
  linkNoteShort: {
    'not-counted': 'not counted',
    'not-a-unit': 'takes no stock figure',
    'counted-on-parent': 'counted on the parent',
    'figure-unreadable': 'figure unreadable',
    'row-unreadable': 'row unreadable',
    'cannot-be-bought': 'cannot be bought',
    'not-stocked-at-location': 'not stocked at a location',
    'linked-by-gtin': 'by EAN alone',
    'other-gtin': 'other EAN',
    'other-item-number': 'other item number',
    'in-conflict': 'conflict open',
    'stock-differs': 'stock differs',
  } satisfies Of<LinkNote['kind']>,
  /** Why a value was refused; each follows the name of its field. */
  shape: {
    expected: {
      boolean: 'true or false',
      number: 'a number',
      whole: 'a whole number',
      text: 'text',
      list: 'a list',
      object: 'an object',
      id: 'an id',
      moment: 'a moment such as 2026-11-24T08:00:00Z',
    },
    found: { list: 'a list', other: 'something else', two: (both: string) => `there twice (${both})` },
    missing: 'is missing',
    mustBe: (expected: string) => `must be ${expected}`,
    isNot: (value: string, expected: string) => `is ${value}, not ${expected}`,
    oneOf: (choices: string) => `must be one of ${choices}`,
    atLeast: (least: string) => `must be at least ${least}`,
    atMost: (most: string) => `may be at most ${most}`,
    letters: (most: string) => `may have at most ${most} letters`,
    timeZone: (example: string) => `is no time zone; one is ${example}`,
    cron: (example: string) => `is no cron pattern; one is ${example}`,
    timeOfDay: (example: string) => `is no time of day; one is ${example}`,
    passPhrase:
      'has a pass phrase, for which nobody is asked here; write the key without one: openssl pkey -in key.pem -out plain.pem',
    lookalike: (host: string) => `is written with letters that look like others: it leads to ${host}`,
    noHost: (host: string) => `leads to ${host}, where nobody is to be told anything`,
  },
  fieldIs: (field: string, value: string) => `${field} is ${value}`,
  /** A field of a shop's answer, and why it was refused. */
  refusedField: (field: string, reason: string) => `in the answer, ${field} ${reason}`,
  fieldSays: (field: string, value: string) => `${field} says "${value}"`,
  unreadableRows: (rows: string, more: string) => `cannot be read: ${rows}${more === '' ? '' : ` and ${more} more`}`,
  eanThere: (ean: string) => `EAN there ${ean}`,
  barcodeThere: (text: string) => `barcode there ${text}`,
  formerNumbers: (numbers: string) => `formerly ${numbers}`,
  neverSent: 'never sent',
  /** Of a link that was told a figure and took none. */
  neverTaken: 'no figure of ours taken yet',
  /** What a person does about a figure that did not get through, where something can be said. */
  refusalNext: {
    'refused-by-shop': 'Look in the shop why it refuses the figure, mend that there, then push again.',
    'location-missing': 'Choose a location that the shop has in its settings here, then push again.',
    'not-stocked-at-location': 'Stock it at that location in the shop, then push again.',
    'not-tracked-in-shop': 'If the shop is to follow our stock, let it count the product there, then push again.',
    'variant-moved': 'Fetch it again, then push.',
    'figure-unreadable': 'Correct in the shop what cannot be read, then fetch the product again.',
    'quantity-not-taken': 'Look in the shop why it does not take the figure: a plug-in or a limit may change it.',
    'outcome-unknown': 'Push again: it compares what the shop has first.',
    'sold-in-between': 'Push again: it starts from what the shop has now.',
    'figure-too-old': 'Read the warehouse again, then push.',
  } satisfies Partial<Of<PushRefusal>>,
  lastSaleWas: (when: string) => `last sale ${when}`,
  deletedInShop: 'deleted',

  // Fetching
  notAskedByGtin: 'not asked by EAN: this platform cannot be',
  askingChanged: (what: string) => `asking changed: ${what}`,
  namedAndMore: (named: string, count: string) => `${named} and ${count} more`,
  fetchChange: {
    linked: (product: string, ref: string) => `${product} linked to ${ref}`,
    unlinked: (product: string, ref: string) => `${product} lost its link to ${ref}`,
    created: (product: string, ref: string) => `${product} became known as ${ref}`,
    renamed: (product: string, ref: string) => `${product} got the item number of ${ref}`,
    conflict: (_product: string, ref: string) => `a conflict about ${ref}`,
  },
  fetched: {
    linked: 'linked',
    'already-linked': 'already linked',
    'inactive-in-shop': 'not active in the shop, so no link',
    conflict: 'conflict, so no link',
    'gone-from-shop': 'the shop no longer knows it',
    'never-in-shop': 'the shop does not know it',
    'not-asked': 'not asked: the platform cannot be asked by EAN',
    'not-sellable-itself': 'sold through its variants only, so no link of its own',
    'left-unlinked': 'left unlinked: deleted by a person',
    refused: 'refused',
    unreachable: 'the shop could not be asked',
    cancelled: 'interrupted',
    'shop-paused': 'not asked: the shop is paused',
  } satisfies Of<FetchOutcome | 'unreachable' | 'cancelled' | 'shop-paused'>,

  // Conflicts
  conflictKind: {
    'shop-id-taken': 'product id is taken',
    'sku-changed': 'item number changed',
    'product-taken': 'item number twice in shop',
    ambiguous: 'several could be meant',
  } satisfies Of<ConflictKind>,
  conflictSentences: {
    shopIdTaken: (ref: string, holder: string, claimant: string) =>
      `Product id ${ref} is held by ${holder}; ${claimant} wants it too.`,
    skuChanged: (ref: string, holder: string, was: string, sku: string) =>
      `${ref} is linked to ${holder}, but its item number went from ${was} to ${sku}.`,
    productTaken: {
      sku: (ref: string, product: string, other: string) =>
        `${ref} carries the item number of ${product}, which is already linked to ${other}.`,
      gtin: (ref: string, product: string, other: string) =>
        `${ref} carries the EAN of ${product}, which is already linked to ${other}.`,
      other: (ref: string, product: string, other: string) =>
        `${ref} is taken for ${product}, which is already linked to ${other}.`,
    },
    translation: (language: string, original: string) => `It is the ${language} translation of ${original}.`,
    ambiguous: (ref: string, candidates: string) => `${ref} could be any of ${candidates}.`,
  },
  shopCalls: (name: string) => `the shop calls it "${name}"`,
  contender: { holder: 'has the link', claimant: 'wants the link' },
  linkedFirst: 'was first',
  choice: {
    keep: 'keep',
    'move-the-link': 'move the link',
    'not-the-same': 'not the same',
    'accept-rename': 'accept the new item number',
  } satisfies Of<ConflictChoice>,
  choiceEffect: {
    keep: (ref: string) => `Everything stays; ${ref} stops asking until one of them changes.`,
    moves: (from: string, to: string) => `${from} loses its link in this shop and ${to} gets it.`,
    movesTo: (product: string, ref: string) => `The link of ${product} in this shop moves to ${ref}.`,
    links: (to: string) => `${to} gets the link.`,
    removes: (from: string) => `${from} loses its link in this shop.`,
    notTheSame: (ref: string) => `${ref} is never tied to this product again; it gets a product of its own.`,
    renames: (product: string, to: string) => `${product} takes the item number ${to}.`,
    undo: 'Can be undone.',
  },

  // Pushing
  refusal: {
    'no-integration': 'no product integration, so no traffic',
    'shop-paused': 'the shop is paused',
    'not-tracked-in-shop': 'the shop does not count stock for it',
    'stock-held-by-parent': 'the shop counts stock on the product, not on the variant',
    'not-a-unit': 'the shop takes no stock figure for it',
    'not-found-in-shop': 'the shop does not know it',
    'figure-unreadable': "the shop's figure cannot be read",
    'inactive-in-shop': 'it is not active in the shop',
    'variant-moved': 'the variant belongs to another product now',
    'no-permission': 'the key may not write stock',
    'quantity-not-taken': 'the shop answered, but kept its own figure',
    'figure-contested': 'two products set this one figure in the shop, to different numbers, so neither was sent',
    'location-missing': 'no stock location in the shop to send it to',
    'not-stocked-at-location':
      'the shop does not stock it at this location: stock it there in the shop, then fetch it again',
    'sold-in-between': 'something was sold in between; it is read again',
    'stock-by-location-unknown': "what lies at the shop's locations is not known: read the warehouse again",
    'figure-too-old': 'the warehouse figure is too old: read the warehouse again',
    'gone-from-warehouse': 'the warehouse has the product no more: the figure is unknown',
    'shared-in-warehouse': 'two products of the warehouse may be it: the figure is unknown until they differ there',
    'shop-unreachable': 'no connection to the shop, so nothing was sent',
    'outcome-unknown': 'it is unknown whether the shop took it',
    'refused-by-shop': 'the shop refused it',
  } satisfies Of<PushRefusal>,
  /** The same in 15 letters at most, for a table in a narrow window; the whole of it stands beneath. */
  refusalBrief: {
    'no-integration': 'no link',
    'shop-paused': 'shop paused',
    'not-tracked-in-shop': 'not counted',
    'stock-held-by-parent': 'on the parent',
    'not-a-unit': 'takes no figure',
    'not-found-in-shop': 'not in the shop',
    'figure-unreadable': 'unreadable',
    'inactive-in-shop': 'not active',
    'variant-moved': 'variant moved',
    'no-permission': 'no permission',
    'quantity-not-taken': 'not taken',
    'figure-contested': 'two set it',
    'location-missing': 'no location',
    'not-stocked-at-location': 'not stocked',
    'sold-in-between': 'sold meanwhile',
    'stock-by-location-unknown': 'places unknown',
    'figure-too-old': 'figure too old',
    'gone-from-warehouse': 'left warehouse',
    'shared-in-warehouse': 'two are there',
    'shop-unreachable': 'no connection',
    'outcome-unknown': 'outcome unknown',
    'refused-by-shop': 'refused',
  } satisfies Of<PushRefusal>,
  unchanged: 'unchanged',
  guard: {
    zero: 'goes to zero',
    jump: 'jumps',
    'first-push': 'first push',
    negative: 'negative',
    'zero-hides': 'zero hides it in the shop',
    'changed-in-shop': 'changed in the shop since',
    'by-gtin': 'linked by EAN alone',
  } satisfies Of<PushGuard>,
  /** What is counted when a guard asks: "12 figures that go to zero". */
  guardQuestion: {
    zeroes: 'figures that go to zero',
    jumps: 'figures that jump',
    firsts: "figures of the shop's own that are written over for the first time",
    negatives: 'figures below zero',
    changed: 'figures that the shop has changed since they were sent',
  } satisfies Of<GuardQuestion>,
  guardAdvice: {
    zero: 'The shop will sell it out. Say how many zeroes you mean.',
    jump: 'The new figure is far from the old one. Say how many jumps you mean.',
    'first-push': 'The shop never got a figure from us; its own is written over. Say how many first pushes you mean.',
    negative: 'A figure below zero goes out. Say how many you mean.',
    'changed-in-shop':
      'The shop has another figure than the one it was last sent: something was sold or counted there. Say how many you mean.',
    'by-gtin':
      'Nothing but the EAN says that these are the same; the item numbers differ. Look first, then say how many first pushes you mean.',
    'zero-hides':
      'This shop makes it inactive at zero; then the link goes, and new stock cannot be sent. Say how many zeroes you mean.',
  } satisfies Of<PushGuard>,
  pushed: {
    sent: 'sent',
    'already-there': 'the shop had it already, nothing written',
    're-read': 'changed meanwhile, read again, not sent',
    overtaken: 'sent, and the shop shows another figure already: sold or counted in the same moment',
    'held-by-guard': 'held back',
    superseded: 'overtaken by a newer figure',
    unlinked: 'sent, but its link was removed or moved meanwhile',
    refused: 'refused',
  },
  heldAtZero: (quantity: string) => `${quantity} held at 0`,
  alreadyThere: (count: string) => `${count} already right in the shop`,
  oughtToHave: (figure: string) => `(ought to have ${figure})`,
  notStockedThere: 'not stocked',
  lastSentWas: (sent: string, there: string) => `${sent} sent, ${there} there`,
  wouldSend: (quantity: string) => `${quantity} would be sent now`,
  wouldAsk: (guards: string) => `asks: ${guards}`,
  linkedBy: {
    gtin: (theirs: string) => `by EAN alone; the shop calls it ${theirs}`,
    other: (theirs: string) => `the shop calls it ${theirs}`,
  },

  // Inactive with stock
  rung: {
    confirmed: 'confirmed',
    likely: 'likely',
    unsure: 'unsure',
    'probably-slow-seller': 'slow seller?',
  } satisfies Of<Rung>,
  rungSentences: {
    confirmed: 'The shop itself said that it is not for sale.',
    likely: 'The link is gone, and nothing says that it can be bought.',
    unsure: 'Only the missing sale speaks; check in the shop.',
    'probably-slow-seller': 'The shop says active; it just sells slowly.',
  } satisfies Of<Rung>,
  signal: {
    linkMissing: 'no product integration',
    neverListed: 'never seen in the shop',
    noSaleSince: (days: string) => `no sale for ${days}`,
    noSaleKnown: (days: string) => `no sale in the ${days} that were read`,
    noSalesReading: 'sales have not been read',
    notVisible: (word: string) => `active, but not where customers see it or can buy it (${word})`,
    cannotBeBought: (why: string, word: string) => `active, but nobody can buy it: ${why} ("${word}")`,
  },
  valuedAt: { cost: 'cost', price: 'price' },
  mark: {
    ticked: 'ticked off',
    'not-for-this-shop': 'not for this shop',
    note: 'note',
  } satisfies Of<Mark['kind']>,

  // Runs and shops
  runStatus: {
    running: 'running',
    finished: 'finished',
    interrupted: 'interrupted',
  } satisfies Of<RunStatus>,
  runOutcome: {
    changed: 'changed',
    unchanged: 'unchanged',
    partial: 'partial',
    refused: 'refused',
    unreachable: 'no answer',
    'stopped-by-guard': 'stopped to ask',
  } satisfies Of<RunOutcome>,
  runKind: { full: 'full sync', changes: 'changes' },
  salesUnread: (why: string) => `sales could not be read (${why}), so when it was last sold is not known`,
  runCounts: {
    seen: 'read',
    productsCreated: 'new',
    updated: 'updated',
    linked: 'linked',
    unlinked: 'unlinked',
    conflicts: 'conflicts',
    broken: 'unreadable',
  },
  health: {
    good: 'answers',
    'never-read': 'never read',
    paused: 'paused',
    trouble: 'trouble',
    'no-credentials': 'no key',
    stale: 'not read for long',
    'unknown-platform': 'platform not known',
  },
  blindSpot: {
    'deletions-not-in-changes': 'Deleted products do not show among the changes; only a full sync finds them.',
    'some-stock-changes-not-in-changes': 'Some stock changes in the shop do not show among the changes.',
    'sales-not-in-changes': 'A sale in the shop moves no date, so stock is read by itself.',
    'no-barcode-field': 'The platform has no barcode field; choose the field that the shop made itself.',
    'variation-edits-may-not-move-parent': 'An edited variant may not show until the next full sync.',
    'search-index-lags': 'The shop searches in an index that lags some seconds behind.',
    'sales-only-60-days': 'Sales can be read 60 days back only, unless the key has the wider permission.',
    'no-compare-and-set': 'A figure that is written may overwrite a sale made in the same second.',
    'no-archived-state': 'The platform has no "archived"; draft and private stand for it.',
    'active-is-not-visible': '"Active" does not mean visible: it may lie in no sales channel.',
    'figures-not-in-changes': 'Stock figures do not show among the changes; they are read by themselves now and then.',
    'times-without-zone': "The shop's times have no zone; two extra hours are read around a change of the clocks.",
    'sale-time-is-approximate': 'The time of the last sale is approximate.',
    'rights-not-told': 'The platform does not say what the key may do until it is tried.',
    'stock-not-in-changes': 'Stock changes do not show among the changes; a pass over all stock finds them.',
    'variants-not-in-changes':
      'An edited variant does not show among the changes; a pass over all stock finds new ones and other SKUs, a full sync the rest.',
    'shop-reserves-itself': 'The shop keeps back its own open orders from the figure it is sent.',
    'prices-without-tax': 'Prices are read without tax.',
    'order-stock-not-in-changes': 'Sales in the shop move stock without moving a date; stock is read by itself.',
    'variant-changes-not-in-changes':
      'A new or edited variant does not show among the changes; a pass over all stock finds new ones and other SKUs, a full sync the rest.',
    'stock-kept-elsewhere-unseen': 'Where an extension keeps stock elsewhere in the shop, it cannot be seen from here.',
    'writes-show-later':
      'A figure that is sent holds in the shop after a while, and a sale until then is overwritten. As a difference it would count twice where an answer is lost or the first comes late: the shop would sell what is not there.',
    'one-barcode-field-not-searched':
      "A barcode in the shop's other field (GTIN) cannot be asked for, only the one in UPC/EAN.",
  },
  permission: {
    'read-products': 'read products',
    'read-stock': 'read stock',
    'write-stock': 'write stock',
    'read-orders': 'read orders',
    'read-all-orders': 'read orders older than 60 days',
    'read-settings': 'read settings',
  },
  warning: {
    'stock-management-off': 'Stock management is switched off in the shop: no figure will be taken.',
    'api-version-retired': 'The shop answers with another version of its API than was asked for.',
    'credentials-had-to-go-in-query': 'The shop only takes the key in the address; its own logs may show it.',
    'no-location-chosen': 'No stock location is chosen yet: no stock is sent until one is.',
    'clock-off': "The shop's clock is off.",
  },
  negative: { send: 'sent as it is', 'hold-at-zero': 'held at 0' },

  // Comparing
  brokeAt: {
    nowhere: 'all agree',
    'changed-in-warehouse': 'the warehouse has another figure by now: read it again',
    'stock-by-location-unknown': "what lies at the shop's locations is not known",
    'no-link': 'no link, so nothing was sent',
    'never-sent': 'linked, but never sent',
    refused: 'the last push of it did not get through',
    'not-sent-since-change': 'our figure changed after the last push',
    'changed-on-both-sides': "our figure and the shop's changed after the last push",
    'changed-in-shop': 'the shop changed it after our push',
    'not-tracked-in-shop': 'the shop does not count it',
    'held-by-parent': 'counted on the product, not on the variant',
    'unreadable-in-shop': "the shop's figure cannot be read",
    'not-stocked-at-location': 'the shop does not stock it at this location',
    'inactive-in-shop': 'not active in the shop',
    'gone-from-shop': 'the shop no longer knows it',
    'shop-unreachable': 'the shop could not be asked',
  },

  // Patterns
  dayOfMonth: (day: string, month: number) =>
    `${day} ${'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')[month - 1] ?? ''}`,
  pattern: {
    removedTogether: (links: string, when: string, because: string) => `${links} removed ${when}: ${because}`,
    at: (day: string, time: string) => `${day} ${time}`,
    lasting: (day: string, time: string, span: string) => `within ${span} from ${time} on ${day}`,
    removedShort: (when: string, because: string) => `links lost ${when}: ${because}`,
    causeShort: (cause: string) => `without a link: ${cause}`,
    refusalShort: (why: string) => `refused: ${why}`,
    sameCause: (products: string, cause: string) => `${products} without a link for the same cause: ${cause}`,
    sameRefusal: (products: string, why: string) => `${products} refused for the same reason: ${why}`,
  },
  by: (who: string) => `by ${who}`,
  repair: {
    'fetch-products': 'Fetch them again, all of them.',
    'undo-removals': 'Undo the removals.',
    'activate-in-shop-by-hand': 'Activate them in the shop, by hand, then fetch them.',
    'open-shop-health': 'Look at the shop.',
    'sync-shop': 'Sync the shop, all of it.',
    'open-conflicts': 'Open the conflicts.',
    none: 'Nothing to do.',
  },

  // Many rows at once, one line
  act: {
    marked: (count: string, kind: string) => `${count} products: ${kind}`,
    unmarked: (count: string, kind: string) => `${count} products: no longer ${kind}`,
  },
  actOf: {
    'product-created': (count: string) => `${count} products became known`,
    'product-updated': (count: string) => `${count} products changed`,
    'product-renamed': (count: string) => `${count} products changed item number`,
    'integration-created': (count: string) => `${count} links made`,
    'integration-removed': (count: string) => `${count} links lost`,
    'conflict-found': (count: string) => `${count} conflicts found`,
    'conflict-cleared': (count: string) => `${count} conflicts cleared`,
    'activity-changed': (count: string) => `${count} products changed status in the shop`,
    'listing-gone': (count: string) => `${count} products are gone from the shop`,
    'stock-changed': (count: string) => `${count} stock figures changed`,
    'gone-from-warehouse': (count: string) => `${count} products gone from the warehouse`,
    'back-in-warehouse': (count: string) => `${count} products in the warehouse again`,
    'stock-pushed': (count: string) => `${count} stock figures sent`,
    'push-refused': (count: string) => `${count} stock figures not sent`,
    'product-fetched': (count: string) => `${count} products fetched`,
    marked: (count: string) => `${count} products marked`,
    unmarked: (count: string) => `${count} marks taken away`,
    ruled: (count: string) => `${count} rulings`,
    unruled: (count: string) => `${count} rulings taken back`,
    'run-finished': (count: string) => `${count} syncs`,
    'sync-answered': (count: string) => `${count} answers to a sync`,
    'shop-added': (count: string) => `${count} shops added`,
    'shop-changed': (count: string) => `${count} changes of a shop`,
    'shop-removed': (count: string) => `${count} shops removed`,
    undone: (count: string) => `${count} acts undone`,
  } satisfies Readonly<Record<DomainEvent['type'], (count: string) => string>>,
  /** What an act was, where it is named by another. */
  eventType: {
    'product-created': 'product became known',
    'product-updated': 'product changed',
    'product-renamed': 'item number changed',
    'integration-created': 'link made',
    'integration-removed': 'link lost',
    'conflict-found': 'conflict found',
    'conflict-cleared': 'conflict cleared',
    'activity-changed': 'status changed',
    'listing-gone': 'gone from the shop',
    'stock-changed': 'stock changed',
    'gone-from-warehouse': 'gone from the warehouse',
    'back-in-warehouse': 'in the warehouse again',
    'stock-pushed': 'stock sent',
    'push-refused': 'stock not sent',
    'product-fetched': 'fetched',
    marked: 'mark set',
    unmarked: 'mark taken away',
    ruled: 'ruling',
    unruled: 'ruling taken back',
    'run-finished': 'sync',
    'sync-answered': 'answer to a sync',
    'shop-added': 'shop added',
    'shop-changed': 'shop changed',
    'shop-removed': 'shop removed',
    undone: 'undo',
  } satisfies Readonly<Record<DomainEvent['type'], string>>,

  // What happened, one line each
  event: {
    productCreated: (product: string) => `${product} became known`,
    productCreatedFrom: (product: string, ref: string) => `${product} became known, fetched as ${ref}`,
    productUpdated: (product: string, changes: string) => `${product}: ${changes}`,
    productUpdatedBy: (product: string, changes: string, warehouse: string) =>
      `${product}: ${changes}, in ${warehouse}`,
    productRenamed: (product: string, was: string, sku: string) => `${product} changed item number: ${was} to ${sku}`,
    productRenamedIn: (product: string, warehouse: string, was: string, sku: string) =>
      `${product} changed item number in ${warehouse}: ${was} to ${sku}`,
    integrationCreated: (product: string, ref: string, how: string) => `${product} linked to ${ref} ${how}`,
    integrationRemoved: (product: string, ref: string, because: string) =>
      `${product} lost its link to ${ref}: ${because}`,
    conflictFound: (said: string) => `Conflict: ${said}`,
    conflictCleared: (kind: string, ref: string) => `Conflict cleared: ${kind}, ${ref}`,
    activityChanged: (ref: string, was: string, now: string) => `${ref} went from ${was} to ${now}`,
    listingGone: (ref: string) => `${ref} is gone from the shop`,
    stockChanged: (product: string, was: string, now: string, why: string) =>
      `${product}: stock ${was} to ${now} (${why})`,
    goneFromWarehouse: (product: string, warehouse: string) => `${product} is gone from ${warehouse}`,
    backInWarehouse: (product: string, warehouse: string) => `${product} is in ${warehouse} again`,
    stockPushed: (product: string, was: string, now: string) => `${product}: sent ${now} (was ${was})`,
    stockAlreadyThere: (product: string, now: string) => `${product}: the shop already had ${now}`,
    stockPushedHeld: (product: string, was: string, now: string, held: string) =>
      `${product}: sent ${now} (was ${was}; ${held} held)`,
    pushRefused: (product: string, why: string) => `${product}: stock not sent, ${why}`,
    productFetched: (what: string, outcome: string, took: string) => `${what} fetched: ${outcome} (${took})`,
    marked: (product: string, kind: string) => `${product}: ${kind}`,
    unmarked: (product: string, kind: string) => `${product}: no longer ${kind}`,
    ruledKeep: (ref: string) => `${ref}: keep as it is`,
    ruledNotTheSame: (ref: string, product: string) => `${ref} is not ${product}`,
    unruled: (ref: string) => `${ref}: the ruling was taken back`,
    runFinished: (kind: Run['kind'], outcome: string, counts: string) =>
      `${kind === 'full' ? 'Full sync' : 'Sync of changes'}: ${outcome} (${counts})`,
    syncAnswered: (count: string) => `Accepted that ${count} go`,
    shopAdded: (shop: string) => `${shop} added`,
    shopChanged: (shop: string, fields: string) => `${shop} changed: ${fields}`,
    shopPaused: (shop: string) => `${shop} paused`,
    shopResumed: (shop: string) => `${shop} resumed`,
    shopRemoved: (shop: string) => `${shop} removed`,
    undone: (seq: string, what: string) => `Undone: no. ${seq} (${what})`,
  },
  /** What can be changed of a shop. */
  shopField: {
    name: 'name',
    url: 'address',
    country: 'country',
    owner: 'goods owner',
    identity: 'what the shop calls itself',
    currency: 'currency',
    timeZone: 'time zone',
    negative: 'negative figures',
    options: 'settings of the platform',
    caFile: 'certificate file',
    locations: 'locations of the warehouse',
    shopLocations: 'locations of the shop',
  },
  stockReason: { count: 'count', import: 'import', warehouse: 'warehouse', undo: 'undone' },
  program: 'Bindeled',
  programs: { sync: 'the sync' },

  /** What is wrong with a shop, in a word or two. */
  shopTrouble: {
    unreachable: 'no answer',
    unauthorized: 'key refused',
    forbidden: 'permission missing',
    'rate-limited': 'asks to slow down',
    'not-found': 'wrong address',
    moved: 'has moved',
    'another-shop': 'another shop answers',
    refused: 'refused',
    unintelligible: 'unreadable answer',
    cancelled: 'interrupted',
  } satisfies Of<ShopErrorKind>,
  /** The same of a shop that does answer, and says that it is broken. */
  shopTroubleReason: {
    'own-error': 'error in the shop',
    'program-fault': 'error in the program',
    'no-credentials': 'no key',
  },
  // Trouble with a shop: what happened, and what to do
  shopError: {
    unreachable: {
      said: (shop: string) => `${shop} does not answer.`,
      advice: 'Check that the address is right and that the shop is up, then try again. What is known here is kept.',
    },
    unauthorized: {
      said: (shop: string) => `${shop} answered, but refused the key.`,
      advice: 'The key may be wrong, old or withdrawn. Make a new one in the shop and try again. No link was removed.',
    },
    forbidden: {
      said: (shop: string) => `${shop} knows the key, but it lacks a permission.`,
      advice: 'Give the key the permission in the shop and try again. No link was removed.',
    },
    'rate-limited': {
      said: (shop: string) => `${shop} asks us to slow down.`,
      advice: 'Nothing to do: we wait and go on by ourselves. If it stays so, try again later.',
    },
    'not-found': {
      said: (shop: string) => `${shop} answers, but has no such page.`,
      advice: "Check the address: it must be the API's, not the one that customers use.",
    },
    moved: {
      said: (shop: string) => `${shop} has moved to another address.`,
      advice: 'Change the address of the shop if the new one is right. The key was not sent there.',
    },
    'another-shop': {
      said: (shop: string) => `The address of ${shop} now answers as another shop.`,
      advice:
        'It may be a copy or a test shop. Nothing was read or written. Check the address first. If the shop was moved or renamed, accept exactly what it calls itself: bindeled shops change <shop> --accept-identity <name>',
    },
    refused: {
      said: (shop: string) => `${shop} refused what was asked.`,
      advice: 'Read what the shop says. If it makes no sense, copy the ticket and pass it on.',
    },
    unintelligible: {
      said: (shop: string) => `${shop} answers with something that cannot be understood.`,
      advice:
        "Often a login page, an error page or a firewall answers instead of the shop. Check that the address is the API's and try again.",
    },
    cancelled: {
      said: (shop: string) => `${shop}: interrupted.`,
      advice: 'Run it again; it goes on where it stopped.',
    },
  },
  /** Where one kind of trouble has several causes: each with what to do about it. */
  shopErrorReason: {
    'unreadable-row': {
      said: (shop: string) => `${shop} answers, but shows this product so that it cannot be read.`,
      advice: 'Correct it in the shop, then fetch it again. No other product is touched by it, and its link stays.',
    },
    'own-error': {
      said: (shop: string) => `${shop} answers with an error of its own.`,
      advice:
        'It may be in maintenance, overloaded or broken. Try again in a while; if it stays so, pass what it says on to those who run the shop. What is known here is kept.',
    },
    'sent-to-people': {
      said: (shop: string) => `${shop} sends us to a page for people instead of answering.`,
      advice:
        'It has not moved: leave the address as it is. The shop may be closed to visitors, or a login or a check for robots stands before its API. Have the API let through. No link was removed.',
    },
    'host-password': {
      said: (shop: string) => `A password stands before ${shop}.`,
      advice:
        'The key is not the matter: the web host asks everybody for a password, mostly while a shop is being built. Have it taken away, or the API let through.',
    },
    firewall: {
      said: (shop: string) => `A firewall stands before ${shop} and does not let us through.`,
      advice:
        "The key is not the matter. Have the program let through there: by this machine's address, or by a user agent that is set for the shop.",
    },
    'closed-by-plugin': {
      said: (shop: string) => `A plug-in of ${shop} closes its API.`,
      advice:
        'In its settings (a security plug-in, "Disable REST API", ...) let /wp-json/wc/v3/ through. Where it does already, the key is unknown there or taken away on the way: make a new one.',
    },
    proxy: {
      said: (shop: string) => `The proxy that is set for ${shop} does not lead there.`,
      advice:
        'The shop itself was not reached, and the key was not sent. Check the option "proxy" of the shop, and that the proxy lets this machine through without a password.',
    },
    'shows-nothing': {
      said: (shop: string) => `${shop} shows no products at all.`,
      advice:
        'The key may see none, or the shop is being moved or restored: look there. No link was removed. If it really has none any more, sync all of it: that asks before links go.',
    },
    'closed-by-platform': {
      said: (shop: string) => `${shop} is closed by Shopify.`,
      advice:
        "Only the shop's owner can open it again: in Shopify's admin, or with Shopify's support. No link was removed.",
    },
    'program-fault': {
      said: (shop: string) => `The program itself failed while it spoke with ${shop}.`,
      advice:
        'The shop is not the matter. Where the program was updated while it ran, end it and start it again (a server: systemctl restart bindeled). If it stays so, report it with the words above.',
    },
  } satisfies Readonly<Record<string, { said: (shop: string) => string; advice: string }>>,
  /** A shop showed far more than it had, and may have grown. */
  tooManyRows: {
    said: (shop: string) => `${shop} shows far more products than it had. Nothing was linked or removed.`,
    advice: (shop: string) =>
      `If the shop has grown that much, say about how many products and variants it has by now: bindeled sync ${shop} --full --expect <number>. Otherwise ask those who run the shop why it repeats itself.`,
  },
  shopErrorDetail: {
    doing: (doing: string) => `while ${doing}`,
    status: (status: string) => `HTTP ${status}`,
    permission: (word: string) => `missing permission: ${word}`,
    target: (address: string) => `new address: ${address}`,
    retryAfter: (time: string) => `the shop asks for a wait of ${time}`,
    notWaited: 'that is more than we wait for: it ended here; ask whoever runs the shop, and order it again',
    said: (text: string) => `the shop says: "${text}"`,
  },

  // Trouble with the store
  storeWarning: {
    manyIntegrations: (count: string, sensible: string) =>
      `${count} product integrations; a JSON store suits up to about ${sensible}. It opens slowly and every open session holds all of it in memory. Time for a database.`,
    largeFiles: (size: string, sensible: string) =>
      `The store's files are ${size}; a JSON store suits up to about ${sensible}. It opens slowly and every open session holds all of it in memory. Time for a database.`,
    longJournal: (size: string, sensible: string) =>
      `The journal is ${size} and should long have become part of the snapshot (${sensible}). Make room on the disk, then run "bindeled store compact".`,
    clockOff: (clock: string, newest: string) =>
      `The computer's clock says ${clock}, but the newest event is from ${newest}. So no history was removed. If the clock is wrong, correct it.`,
    clockJumped: (from: string, to: string) =>
      `Between two events of late the clock went from ${from} to ${to}. So no history was removed; that begins again once the clock has been right for a month.`,
    noTextIndex: {
      missing:
        'The database has no pg_trgm, so a search reads every row. Have it made there (create extension pg_trgm), then run "bindeled store compact".',
      shut: 'pg_trgm is there, but the role may not use the schema that it lies in, so a search reads every row. Have that granted (grant usage on schema); then run "bindeled store compact".',
      there:
        'pg_trgm is there, but the store has no index of texts yet, so a search reads every row. Run "bindeled store compact".',
    },
    sharedFolder: (host: string | undefined) =>
      `The store is in a folder that several machines reach${host === undefined ? '' : ` (${host} too)`}. JSON files are not made for that; use PostgreSQL.`,
  },
  /** Beside trouble with the store: who was told what could not be written down. */
  toldUnwritten: (names: string) =>
    `${names} had been told figures by then, which could not be written down. Comparing shows how they stand; the next push or reading puts it right.`,
  onlyRead: (why: string) => `${why} What is stored can be read; every change is refused.`,
  storeError: {
    locked: {
      said: 'Another program holds the store.',
      advice:
        'Wait a moment and try again. A holder that died is taken over by itself. Where no other program runs, the disk has no locks, as some network drives: then keep the store on a disk of the machine itself.',
    },
    damaged: {
      said: 'The store is damaged. It was left untouched.',
      advice: 'See what is wrong with "bindeled store check", and go back to a copy with "bindeled store restore".',
    },
    'newer-version': {
      said: 'The store was written by a newer Bindeled. It was left untouched.',
      advice: 'Use the newer Bindeled.',
    },
    'law-broken': {
      said: 'The change would have given a product two links in a shop, or a listing two products.',
      advice: 'Nothing was written. Run "bindeled store check" and pass the ticket on.',
    },
    'wrong-shape': {
      said: 'A record in the change is not as it must be.',
      advice: 'Nothing was written. Pass the ticket on.',
    },
    'disk-full': {
      said: 'The disk is full.',
      advice: 'Make room and try again. What was confirmed before is safe.',
    },
    'read-only': {
      said: 'The folder of the store cannot be written.',
      advice: 'The disk is read-only. Mount it writable, or point BINDELED_HOME to another place.',
    },
    'no-access': {
      said: 'You may not read or write the store.',
      advice: 'Check who owns the folder, or point BINDELED_HOME to a place of your own.',
    },
    'too-many-files': {
      said: 'Too many files are open, so that the store cannot open its own.',
      advice:
        'Nothing was half written. End programs that are not needed, or raise the limit: "ulimit -n 4096" before the program is started, LimitNOFILE= where systemd starts it.',
    },
    'no-hard-links': {
      said: 'The file system of the store has no hard links, which its lock is made of.',
      advice:
        'exFAT, FAT and some network drives have none. Point BINDELED_HOME to a disk of the machine itself, or keep the store in PostgreSQL.',
    },
    'no-sync': {
      said: 'The file system of the store cannot make sure that what is written stays written.',
      advice:
        'Nothing was changed. Some network drives and FUSE file systems are so. Point BINDELED_HOME to a disk of the machine itself, or keep the store in PostgreSQL.',
    },
    'no-locks': {
      said: 'The file system of the store has no locks, which SQLite needs.',
      advice:
        'Nothing was changed. Some network drives have none. Keep the file on a disk of the machine itself, or the store in PostgreSQL.',
    },
    'no-folder': {
      said: 'The store has no folder to lie in.',
      advice:
        'A file stands where the folder should be, or no folder can be made there. Point BINDELED_HOME to another place.',
    },
    missing: {
      said: 'The store is not there.',
      advice:
        'Put it back: is its disk mounted? Or go back to a copy with "bindeled store restore". Where an empty one is to begin: "bindeled store init".',
    },
    'too-large': {
      said: 'The store has outgrown what a JSON store is sensible for.',
      advice: 'Run "bindeled store compact". If that does not help, it is time for a database.',
    },
    unreachable: {
      said: 'The database server does not answer.',
      advice:
        'Everything that was confirmed is still there. Try again shortly; if it goes on, check server and port in the address, or ask whoever runs the server.',
    },
    'server-full': {
      said: 'The database server has no free connection.',
      advice:
        'End programs that are not needed, or have max_connections or the limit of the role raised. A store takes as many as "pool" in its address says, and one more.',
    },
    untrusted: {
      said: 'There is no connection to the database server that can be trusted.',
      advice:
        'The server must speak TLS with a certificate for its name. Name the CA with sslrootcert=<file>; ask whoever runs the server.',
    },
    'too-slow': {
      said: 'The database server took too long.',
      advice:
        'Nothing was half written. Try again shortly; a longer time is given by statement_timeout=<seconds> in the address of the store.',
    },
    'bad-address': {
      said: 'The address of the store is not right.',
      advice:
        'Correct BINDELED_STORE, or "store" in the settings: json:, sqlite:/path/file or postgres://user@server/database. "docs/stores.md" has all of it.',
    },
    disk: { said: 'The disk answers with an error.', advice: 'Look at the disk, then run "bindeled store check".' },
  },

  // The same trouble where the store is a database on a server: nothing of folders and copies.
  serverError: {
    damaged: {
      said: 'What lies in the database is not what Bindeled wrote.',
      advice:
        'Nothing was changed. "bindeled store check" says what is missing. Have whoever runs the server look at who changed it, or go back to a copy with "bindeled store restore".',
    },
    'no-access': {
      said: 'The database server does not let you in, or not far enough.',
      advice:
        'Check user and password in BINDELED_STORE, and what the role may do; "docs/stores.md" has the SQL that makes it.',
    },
    missing: {
      said: 'The database server has no such database, or no store in it.',
      advice:
        'Check the name in the address (BINDELED_STORE, or "store" in the settings), or have it made or restored by whoever runs the server. Where an empty store is to begin: "bindeled store init".',
    },
    disk: {
      said: 'The database server answers with an error.',
      advice: 'Nothing was half written. Pass the line above on to whoever runs the server.',
    },
    'read-only': {
      said: 'The database server takes no changes: it is a copy (standby) or set to read-only.',
      advice: 'Nothing was changed. Name the server that takes changes in BINDELED_STORE, or start with --read-only.',
    },
    'disk-full': {
      said: 'The disk of the database server is full.',
      advice: 'Nothing was half written. Tell whoever runs the server. What was confirmed before is safe.',
    },
  },

  undoRefusal: {
    'cannot-be-undone': 'it is not of a kind that can be',
    'undone-already': 'somebody has undone it already',
    'listing-has-another-product': 'another product has been linked to the shop product since',
    'product-has-another-listing': 'the product has been linked to another shop product since',
    'not-for-sale-in-shop': 'the shop does not sell it now',
    'shop-removed': 'the shop has been taken out',
    'changed-since': 'it has been changed since',
    'sku-taken': 'another product has the item number now',
    'stock-from-warehouse': 'stock comes from a warehouse system by now',
  } satisfies Of<UndoRefusal>,

  // What is wrong with a typed address; what may be a key in it is never shown.
  badAddress: {
    'not-a-url': (address: string) => ({
      said: `"${address}" is no address.`,
      advice: 'Copy it from the browser: https://shop.example',
    }),
    'has-credentials': (address: string) => ({
      said: `There is a user, a password or a key in the address (${address}).`,
      advice: 'Give the address alone; keys are entered by themselves (shops key, warehouse key).',
    }),
    'plain-http': (address: string) => ({
      said: `${address} is not encrypted, and keys go out encrypted only.`,
      advice: 'Use https://',
    }),
    'no-host': (address: string) => ({
      said: `No shop can answer at ${address}.`,
      advice: 'Copy the address from the browser: https://shop.example',
    }),
    lookalike: (address: string) => ({
      said: `The address is written with letters that look like others. It leads to ${address}`,
      advice: 'If that is the shop, give it written so.',
    }),
  } satisfies Readonly<Record<UrlProblem, (address: string) => { said: string; advice: string }>>,

  // What cannot be done, and why
  requestError: {
    readOnly: {
      said: 'Bindeled is set to read-only, so nothing was changed.',
      advice: 'Leave out --read-only, or change "readOnly" in the settings.',
    },
    unknownShop: (shop: string) => ({
      said: `There is no shop called "${shop}".`,
      advice: 'See them all with "bindeled shops list".',
    }),
    unknownProduct: (asked: string) => ({
      said: `No product has item number, EAN, id or name "${asked}".`,
      advice: 'Look for a part of it with "bindeled find", or fetch it from the shop with "bindeled fetch".',
    }),
    shopExists: (shop: string) => ({
      said: `There is a shop called "${shop}" already.`,
      advice: 'Take another name, or change the one there is with "bindeled shops change".',
    }),
    idTooLike: (id: string, shop: string) => ({
      said: `${id} cannot be told from ${shop} where keys are looked for.`,
      advice: 'Both would read the same environment variables. Choose an id that differs in letters or digits.',
    }),
    idReserved: (id: string, variable: string) => ({
      said: `No shop can be called ${id}: its keys would be looked for in ${variable}, which holds another secret.`,
      advice: 'Choose another id, such as the name of the country or of the brand.',
    }),
    addressTaken: (shop: string, url: string) => ({
      said: `${url} is the address of the shop ${shop} already.`,
      advice: 'Look at the address, or change the shop there is with "bindeled shops change".',
    }),
    shopPaused: (shop: string) => ({
      said: `${shop} is paused, so it is not asked.`,
      advice: `Take it up again first: P among the shops, or "bindeled shops resume ${shop}".`,
    }),
    noWebhooks: (shop: string) => ({
      said: `The platform of ${shop} tells nothing by itself.`,
      advice: 'The rounds of bindeled serve read what changed.',
    }),
    unknownPlatform: (shop: string, platform: string) => ({
      said: `This version does not know ${platform}, the platform of ${shop}.`,
      advice: 'Update Bindeled. Everything about the shop is kept, and it is neither read nor written meanwhile.',
    }),
    noCredentials: (shop: string, names: string) => ({
      said: `There is no key for ${shop}.`,
      advice: `Put it in the environment (${names}) or in credentials.json in the settings folder, mode 600.`,
    }),
    syncRunningElsewhere: (shop: string, holder: string) => ({
      said: `${shop} is being synced already${holder === '' ? '' : ` by ${holder}`}.`,
      advice: 'Wait for it to end. If that program is dead, the next try takes over.',
    }),
    notLinked: (product: string, shop: string) => ({
      said: `${product} has no product integration in ${shop}.`,
      advice: 'Ask why with "bindeled why".',
    }),
    alreadyLinked: (product: string, shop: string, listing: string) => ({
      said: `${product} already has a product integration in ${shop}${listing === '' ? '' : `: ${listing}`}.`,
      advice: 'Remove the one there is first, or settle the conflict.',
    }),
    unknownListing: (listing: string, shop: string) => ({
      said: `${shop} has never shown a product with the id ${listing}.`,
      advice: `Look at the id, or fetch it first: bindeled fetch ${listing}`,
    }),
    notForSale: (listing: string, shop: string, says: string) => ({
      said: `${listing} is not for sale in ${shop} ("${says}"), so nothing can be linked to it.`,
      advice: 'Name the variant after a slash (10234/7), or activate it in the shop, by hand.',
    }),
    nothingToUndo: { said: 'There is nothing to undo.', advice: 'See what happened with "bindeled log".' },
    cannotUndo: (seq: string, why: string) => ({
      said: `${seq === '' ? 'That' : `Act ${seq}`} cannot be undone${why === '' ? '' : `: ${why}`}.`,
      advice:
        'Removed links, ticks, notes, counts, rulings and links by hand can be undone. Stock that was sent cannot: send a new figure.',
    }),
    noConflict: (ref: string) => ({
      said: `There is no conflict on ${ref}.`,
      advice: 'See them all with "bindeled conflicts".',
    }),
    choiceDoesNotFit: (choice: string) => ({
      said: `The choice "${choice}" does not fit this conflict.`,
      advice: 'See what each choice would do with "bindeled conflicts".',
    }),
    unknownPlan: (plan: string) => ({
      said: `There is no push plan ${plan}.`,
      advice: 'Make one with "bindeled push --dry-run".',
    }),
    planExpired: {
      said: 'The push plan is too old; stock may have changed since.',
      advice: 'Make a new one with "bindeled push --dry-run".',
    },
    planApplied: {
      said: 'The push plan has been applied already.',
      advice: 'Make a new one with "bindeled push --dry-run".',
    },
    badImport: (count: string) => ({
      said: `${many(count, 'line', 'lines')} could not be read, so nothing was imported.`,
      advice: 'Correct the lines and import the file again.',
    }),
    badImportLater: (count: string) => ({
      said: `${many(count, 'line', 'lines')} no longer fitted when their turn came, since something else was changed meanwhile.`,
      advice: 'Correct the lines and import the file again.',
    }),
    badId: (value: string) => ({
      said: `A shop's id cannot be "${value}".`,
      advice:
        'It has the letters a-z, digits, points, underscores and hyphens, and begins with a letter or a digit: dk-b2b.',
    }),
    badValue: (name: string, value: string) => ({
      said: `${name} cannot be "${value}".`,
      advice: 'Correct it and try again.',
    }),
    needsNumber: ({ what, count, given }: Readonly<Record<'what' | 'count' | 'given', string>>) => ({
      said: `The plan has ${count} ${what}, not ${given}. Nothing was sent.`,
      advice: `Look at the plan again, and say ${count} if that is what you mean.`,
    }),
    needsReason: { said: 'A reason is needed.', advice: 'Say why with --reason; it is kept with the link.' },
  },

  // The ticket
  ticket: {
    title: (product: string) => `Product integration: ${product}`,
    made: (utc: string, local: string) => `Made ${utc} (local ${local}) with Bindeled`,
    name: 'Name',
    ids: 'Ids',
    ourId: 'our id',
    localShort: 'local time',
    stock: 'Stock',
    stockSum: (onHand: string, reserved: string, available: string) =>
      `${onHand} on hand - ${reserved} reserved = ${available} available`,
    shops: 'Shops',
    shop: 'Shop',
    state: 'State',
    lastSent: 'Last sent',
    shopHas: 'Shop has',
    seen: 'Seen',
    why: 'Why',
    history: 'What happened',
    time: 'Time (UTC)',
    local: 'Local',
    event: 'Event',
    who: 'Who',
    marks: 'Notes',
    nothing: 'Nothing is recorded.',
  },
};
