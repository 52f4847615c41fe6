import { many } from '../counts.ts';
import type { domain as list } from '../en/domain.ts';

/** Danish words of the trade; the terms are PeakWMS's own. */
export const domain: typeof list = {
  language: 'Dansk',
  locale: 'da',
  decimal: ',',
  thousands: '.',
  yes: 'ja',
  no: 'nej',
  none: 'ingen',
  unknown: 'ukendt',
  never: 'aldrig',

  second: 'sek',
  minute: 'min',
  hour: 't',
  day: 'd',
  justNow: 'lige nu',
  ageNow: 'nu',
  ago: (age) => `for ${age} siden`,
  since: (when) => `siden ${when}`,
  until: (when) => `indtil ${when}`,
  days: (count) => many(count, 'dag', 'dage'),

  noItemNumber: 'uden varenummer',
  noEan: 'ingen',
  noName: 'uden navn',
  ofShops: (linked, expected) => `${linked} af ${many(expected, 'shop', 'shops')}`,
  noShops: 'ventes ikke i nogen shop',
  noShopSynced: 'Ingen shop blev læst.',
  noShopToSync: 'Ingen shop blev læst: der er ingen endnu.',
  products: (count) => many(count, 'produkt', 'produkter'),
  integrations: (count) => many(count, 'produktintegration', 'produktintegrationer'),
  listings: (count) => many(count, 'shopprodukt', 'shopprodukter'),
  conflicts: (count) => many(count, 'konflikt', 'konflikter'),
  lostLinks: (count) => many(count, 'kobling tabt', 'koblinger tabt'),
  shops: (count) => many(count, 'shop', 'shops'),
  rows: (count) => many(count, 'linje', 'linjer'),
  onHand: 'på lager',
  reserved: 'reserveret',
  available: 'disponibel',
  availableFigure: (figure) => many(figure, 'disponibel', 'disponible'),
  shopProductId: 'produkt id',
  itemNumber: 'varenummer',

  activity: { active: 'aktiv', draft: 'kladde', archived: 'arkiveret', disabled: 'ikke aktiv' },
  sellable: {
    unit: 'sælges for sig selv',
    parent: 'sælges kun som varianter',
    'not-stocked': 'tager ikke imod lagertal',
  },
  how: { sync: 'ved synkronisering', fetch: 'ved Hent produkt', hand: 'manuelt', undo: 'ved fortryd' },
  removal: {
    'inactive-in-shop': 'det blev inaktivt i shoppen',
    'gone-from-shop': 'det blev slettet i shoppen',
    'became-parent': 'det sælges nu som varianter',
    'removed-by-user': 'en bruger slettede den',
    moved: 'den blev flyttet til et andet produkt',
    'shop-removed': 'shoppen blev fjernet fra Bindeled',
  },
  matched: {
    sku: 'varenummer',
    'former-sku': 'tidligere varenummer',
    gtin: 'EAN',
    barcode: 'stregkode',
    'shop-product-id': 'produkt id i shop',
    'shop-variant-id': 'variant id i shop',
    'product-id': 'eget id',
    name: 'navn',
  },
  matchedHow: { exact: 'hele teksten', beginning: 'begyndelsen', middle: 'en del af teksten' },
  content: { name: 'navn', description: 'beskrivelse', imageUrl: 'billede', price: 'pris' },
  changes: {
    name: 'nyt navn',
    description: 'ny beskrivelse',
    imageUrl: 'nyt billede',
    price: 'ny pris',
    gtin: 'ny EAN',
  },
  difference: { price: 'pris', name: 'navn' },

  certainty: { confirmed: 'bekræftet', likely: 'sandsynlig', possible: 'mulig', 'ruled-out': 'udelukket' },
  cause: {
    'connection-down': 'ingen forbindelse til shop',
    'shop-paused': 'shoppen er sat på pause',
    'not-for-this-shop': 'skal ikke i denne shop',
    'inactive-in-shop': 'ikke aktiv i shoppen',
    'shop-id-taken': 'produkt id er optaget',
    'sku-twice-in-shop': 'varenr. to gange i shoppen',
    ambiguous: 'flere kan være ment',
    'removed-by-user': 'slettet af en bruger',
    'gone-from-shop': 'slettet i shoppen',
    'now-has-variants': 'sælges nu som varianter',
    refused: 'afvist af shoppen',
    'other-spelling': 'skrevet anderledes',
    'variant-missing': 'varianten mangler',
    'not-fetched-yet': 'ikke hentet endnu',
    'only-in-warehouse': 'findes kun på lageret',
    'never-in-this-shop': 'aldrig set i denne shop',
    unknown: 'ukendt',
  },
  causeSentences: {
    'connection-down': 'Shoppen lukker os ikke ind, så der kan ikke siges noget om dens produkter.',
    'shop-paused': 'Shoppen er sat på pause her; den bliver hverken læst eller skrevet til.',
    'not-for-this-shop': 'Nogen har markeret, at produktet ikke skal i denne shop.',
    'inactive-in-shop': 'Produktet er ikke aktivt i shoppen, og derfor er produktintegrationen fjernet dér.',
    'shop-id-taken':
      'Produktets produkt id i shoppen hører allerede til et andet produkt. Sandsynligvis er det en kopi.',
    ambiguous: 'Flere af vores produkter kan være ment, så ingen er koblet.',
    'sku-twice-in-shop': 'To produkter i shoppen har samme varenummer; det andet har produktintegrationen.',
    'removed-by-user': 'En bruger har slettet produktintegrationen.',
    'gone-from-shop': 'Shoppen kender ikke længere produktet.',
    'now-has-variants': 'Shoppen solgte det for sig og sælger det nu som varianter. Ingen af dem vides at være vores.',
    refused: 'Produktet blev hentet, men svaret blev afvist.',
    'other-spelling': 'Shoppen har noget næsten magen til under et andet varenummer eller en anden EAN.',
    'variant-missing': 'Shoppens produkt er kendt, men netop denne variant er ikke.',
    'not-fetched-yet': 'Produktet er ikke hentet fra shoppen endnu.',
    'only-in-warehouse': 'Produktet er oprettet på lageret og findes ikke i nogen shop. Sådan skal det være.',
    'never-in-this-shop': 'En fuld synk af shoppen fandt ikke produktet.',
    unknown: 'Der kunne ikke findes nogen årsag.',
  },
  connectionTrouble: {
    silent: {
      label: 'ingen forbindelse til shop',
      sentence: 'Shoppen svarer ikke, så der kan ikke siges noget om dens produkter.',
    },
    broken: {
      label: 'fejl i shoppen',
      sentence: 'Shoppen svarer med en fejl, så der kan ikke siges noget om dens produkter.',
    },
    busy: {
      label: 'shoppen beder om en pause',
      sentence: 'Shoppen beder om en pause, så der kan ikke siges noget om dens produkter endnu.',
    },
    shut: {
      label: 'shoppen lukker os ikke ind',
      sentence: 'Shoppen lukker os ikke ind, så der kan ikke siges noget om dens produkter.',
    },
    elsewhere: {
      label: 'adressen er ikke denne shop',
      sentence: 'Adressen fører ikke længere til denne shop, så der kan ikke siges noget om dens produkter.',
    },
    unusable: {
      label: 'svaret kan ikke bruges',
      sentence: 'Shoppen svarer, men svaret kan ikke bruges, så der kan ikke siges noget om produktet.',
    },
    ourFault: {
      label: 'fejl i programmet',
      sentence:
        'Programmet selv fejlede, da det talte med shoppen, så der kan ikke siges noget om dens produkter. Genstart det.',
    },
    showsNothing: {
      label: 'shoppen viser ingen produkter',
      sentence:
        'Shoppen viser slet ingen produkter, så den bliver ikke troet om et enkelt. Ingen produktintegration er fjernet.',
    },
  },
  evidence: {
    live: 'spurgt lige nu',
    asked: (ago) => `spurgt ${ago}`,
    shopSays: (word, ref) => `shoppen siger "${word}" om ${ref}`,
    shopDoesNotKnow: (ref) => `shoppen kender ikke ${ref}`,
    anotherUnderId: (ref, sku) => `under ${ref} har shoppen nu et andet produkt, ${sku}`,
    shopDoesNotAnswer: (said) => `shoppen svarede ikke, som den skal: ${said}`,
    shopAnswers: 'shoppen svarer',
    shopIsPaused: 'shoppen er sat på pause',
    linkRemoved: (who, because, ref) => `${who} fjernede produktintegrationen til ${ref}: ${because}`,
    note: (text) => `note: ${text}`,
    noRemovalKnown: 'ingen har fjernet en produktintegration, så vidt vides',
    idHeldBy: (ref, holder) => `${ref} er koblet til ${holder}`,
    noConflict: 'ingen konflikt er kendt',
    markedNotForThisShop: (who) => `${who} har markeret, at det ikke skal i denne shop`,
    createdInWarehouse: 'oprettet på lageret',
    fetchedFrom: (shop) => `modtaget fra ${shop}`,
    completeReadingWithoutIt: (listings) => `en fuld synk af ${listings} fandt det ikke`,
    noCompleteReading: 'shoppen er aldrig læst helt igennem',
    createdAfterReading: 'det er oprettet efter den sidste fulde synk',
    listingSeenUnlinked: (ref) => `${ref} er set i shoppen uden produktintegration`,
    nearSku: (ours, theirs, ref) => `vores varenummer "${ours}" ligner "${theirs}" i shoppen (${ref})`,
    nearGtin: (ours, theirs, ref) => `vores EAN "${ours}" ligner "${theirs}" i shoppen (${ref})`,
    noNearSpelling: 'intet i shoppen er stavet næsten ens',
    ruledNotTheSame: (who, ref) => `${who} har afgjort, at ${ref} ikke er dette produkt`,
    hiddenAfterZero: (ref) =>
      `${ref} blev inaktivt, lige efter at 0 blev sendt, og kommer ikke tilbage af sig selv: skjuler shoppen det udsolgte?`,
    parentKnown: (ref) => `shoppens produkt ${ref} er kendt`,
    refused: (why) => `afvist: ${why}`,
  },
  refusedFor: { 'no-permission': 'nøglen mangler en tilladelse', unintelligible: 'svaret kunne ikke forstås' },
  advice: {
    'fetch-product': 'Hent produktet igen.',
    'activate-in-shop-by-hand':
      'Aktivér produktet i shoppen, manuelt, og hent det derefter igen. Bindeled har ikke ret til at aktivere noget i en shop.',
    'open-conflict': 'Åbn konflikten, og vælg.',
    'restore-from-trash-in-shop': 'Gendan det fra papirkurven i shoppen, manuelt, og hent det derefter igen.',
    'await-date-in-shop':
      'Shoppen sætter det selv til salg på datoen. Skal det sælges allerede, så udgiv det dér manuelt, og hent det igen.',
    'activate-parent-in-shop-by-hand':
      'Det er slået fra på produktet, som det er en variant af: aktivér det i shoppen, manuelt, og hent det igen.',
    'put-into-website-by-hand': 'Læg det på websitet i shoppen, manuelt, og hent det igen.',
    'put-up-again-in-shop':
      'Det er ikke længere i shoppen. Opret det igen dér, kobl et andet produkt eller en anden variant dér manuelt, eller markér, at det ikke skal i denne shop.',
    'link-a-variant': 'Giv den rigtige variant varenummeret i shoppen, eller kobl en af dem manuelt.',
    'give-it-its-own-id-in-shop': 'Giv kopien sit eget id i shoppen, og hent den derefter igen.',
    'open-shop-health': 'Se på shoppen først; lad produktet være, til shoppen svarer.',
    'resume-shop': 'Tag shoppen af pause, når den skal læses igen.',
    'undo-removal': 'Fortryd sletningen, eller hent produktet igen.',
    'correct-spelling-in-shop': 'Ret varenummeret eller EAN i shoppen, og hent produktet igen.',
    'sync-shop': 'Synkronisér hele shoppen.',
    'mark-not-for-this-shop': 'Skal det ikke i denne shop, så markér det, og linjen forsvinder fra listen.',
    'copy-ticket': 'Kopiér sagen, og send den videre med alt, hvad der er undersøgt.',
    'nothing-to-do': 'Der er intet at gøre.',
  },
  adviceShort: {
    'fetch-product': 'hent igen',
    'activate-in-shop-by-hand': 'aktivér i shoppen manuelt',
    'open-conflict': 'åbn konflikten',
    'restore-from-trash-in-shop': 'gendan fra papirkurv',
    'await-date-in-shop': 'afvent datoen',
    'activate-parent-in-shop-by-hand': 'aktivér produktet',
    'put-into-website-by-hand': 'læg på websitet',
    'put-up-again-in-shop': 'opret igen i shoppen',
    'link-a-variant': 'kobl en variant',
    'give-it-its-own-id-in-shop': 'eget id i shoppen',
    'open-shop-health': 'se på shoppen',
    'resume-shop': 'tag shoppen af pause',
    'undo-removal': 'fortryd sletningen',
    'correct-spelling-in-shop': 'ret i shoppen',
    'sync-shop': 'synkronisér shoppen',
    'mark-not-for-this-shop': 'skal ikke i shoppen?',
    'copy-ticket': 'kopiér sagen',
    'nothing-to-do': 'intet at gøre',
  },
  integrated: (ref) => `Koblet til ${ref}.`,
  integratedStale: (ref, why) => `Koblet til ${ref}, men lagertallet kommer ikke igennem: ${why}.`,
  goodsUnsellable: (count) => `${count} på lager, som denne shop ikke kan sælge.`,
  ruledOut: 'Udelukket',
  next: 'Næste skridt',
  asOf: (age) => `viden er ${age} gammel`,

  place: {
    linked: 'koblet',
    unbuyable: 'koblet, kan ikke købes',
    differs: 'afviger',
    stale: 'koblet, står stille',
    missing: 'mangler',
    conflict: 'konflikt',
    inactive: 'inaktiv',
    unexpected: 'ventes ikke',
    trouble: 'intet svar',
  },
  lastSent: (quantity) => `sendt ${quantity}`,
  shopHas: (quantity) => `shoppen har ${quantity}`,
  notTracked: 'shoppen tæller det ikke',
  outOfStock: 'shoppen tæller det ikke og melder udsolgt',
  countedOnParent: 'tælles på produktet, ikke på varianten',
  figureUnreadable: (field, value) => `shoppens tal kan ikke læses (${field}: "${value}")`,
  unbuyable: {
    'out-of-stock': 'udsolgt',
    hidden: 'skjult for kunderne',
    'not-purchasable': 'kan ikke lægges i kurven',
    'no-price': 'ingen pris',
    scheduled: 'ikke til salg endnu',
  },
  linkNote: {
    notCounted: 'shoppen tæller ikke lager på det, så intet sendes',
    notAUnit: (word) => `shoppen har intet lagertal for selve varen, så intet sendes (den siger "${word}")`,
    countedOnParent: 'lageret tælles på produktet, ikke på varianten, så intet sendes',
    figureUnreadable: (field, value) =>
      `shoppens tal kan ikke læses: ${field} siger "${value}". Der sendes intet hen over det`,
    rowUnreadable: (what) => `shoppens linje om det kunne ikke læses: ${what}. Det viste er ældre`,
    cannotBeBought: (why, word) => `det er aktivt, men ingen kan købe det: ${why} (shoppen siger "${word}")`,
    notStockedAt: (location, figure) =>
      `lagerføres ikke på ${location} i shoppen, så ${figure} kan ikke sælges derfra. Lagerfør det dér i shoppens admin, og hent det igen`,
    linkedByGtin: (ours, theirs) => `kun koblet på EAN: vi kalder det ${ours}, shoppen kalder det ${theirs}`,
    otherGtin: (ours, theirs) => `kun koblet på EAN: vores er nu ${ours}, shoppens ${theirs}`,
    otherItemNumber: (ours, theirs) => `vi kalder det ${ours}, shoppen kalder det ${theirs}`,
    inConflict: (conflict) => `en konflikt er åben: ${conflict}`,
    stockDiffers: (shopHas, ours, why) => `shoppen har ${shopHas} og burde have ${ours}: ${why}`,
    stockDiffersAt: (location, shopHas, ours, why) =>
      `på ${location} har shoppen ${shopHas} og burde have ${ours}: ${why}`,
  },
  linkNoteNext: {
    notCounted: 'Skal det følge vores lager, så lad shoppen tælle det, og hent det igen.',
    countedOnParent: 'Skal det følge vores lager, så lad shoppen tælle hver variant for sig, og hent det igen.',
    figureUnreadable: 'Ret tallet i shoppen, og hent det igen.',
    rowUnreadable: 'Ret det i shoppen, og hent det igen. Ser det rigtigt ud dér, så kopiér sagen.',
    unbuyable: {
      'out-of-stock': 'Send vores tal; har shoppen det allerede, så se dér, hvad der holder det udsolgt.',
      hidden: 'Skal kunderne finde det, så gør det synligt i shoppen, manuelt.',
      'not-purchasable': 'Se i shoppen, hvad der holder det ude af kurven.',
      'no-price': 'Giv det en pris i shoppen.',
      scheduled: 'Intet at gøre indtil da, medmindre datoen i shoppen er forkert.',
    },
    otherNumber:
      'Se, om de to er det samme, før der sendes lager: er de det, så ret varenummeret i shoppen; ellers slet koblingen.',
    stockDiffers: {
      'never-counted': 'Tæl det op først: ellers sendes 0.',
      'never-sent': 'Send lagertal: vores sendes.',
      refused: 'Send igen, når det, der holder det tilbage, er rettet.',
      'changed-here': 'Send lagertal: vores sendes.',
      'changed-on-both-sides': 'Se, hvad der er solgt i shoppen imens; der spørges, før vores tal sendes.',
      'changed-there': 'Hent det igen, og send lagertal, hvis shoppen stadig har et andet tal.',
      'not-stocked-there': 'Lagerfør det dér i shoppen, og hent det igen.',
    },
  },
  linkNoteShort: {
    'not-counted': 'tælles ikke',
    'not-a-unit': 'tager ikke imod lagertal',
    'counted-on-parent': 'tælles på produktet',
    'figure-unreadable': 'ulæseligt tal',
    'row-unreadable': 'ulæselig linje',
    'cannot-be-bought': 'kan ikke købes',
    'not-stocked-at-location': 'lagerføres ikke på en lokation',
    'linked-by-gtin': 'kun på EAN',
    'other-gtin': 'anden EAN',
    'other-item-number': 'andet varenummer',
    'in-conflict': 'åben konflikt',
    'stock-differs': 'lagertal afviger',
  },
  shape: {
    expected: {
      boolean: 'sand eller falsk (true, false)',
      number: 'et tal',
      whole: 'et helt tal',
      text: 'tekst',
      list: 'en liste',
      object: 'et objekt',
      id: 'et id',
      moment: 'et tidspunkt som 2026-11-24T08:00:00Z',
    },
    found: { list: 'en liste', other: 'noget andet', two: (both) => `der to gange (${both})` },
    missing: 'mangler',
    mustBe: (expected) => `skal være ${expected}`,
    isNot: (value, expected) => `er ${value}, ikke ${expected}`,
    oneOf: (choices) => `skal være en af ${choices}`,
    atLeast: (least) => `skal være mindst ${least}`,
    atMost: (most) => `må højst være ${most}`,
    letters: (most) => `må højst have ${most} tegn`,
    timeZone: (example) => `er ikke en tidszone som ${example}`,
    cron: (example) => `er ikke et cron-mønster som ${example}`,
    timeOfDay: (example) => `er ikke et klokkeslæt som ${example}`,
    passPhrase:
      'har en adgangskode, som ingen bliver spurgt om her; skriv nøglen uden: openssl pkey -in key.pem -out plain.pem',
    lookalike: (host) => `er skrevet med bogstaver, der ligner andre: den fører til ${host}`,
    noHost: (host) => `fører til ${host}, hvor ingen skal have besked`,
  },
  fieldIs: (field, value) => `${field} er ${value}`,
  refusedField: (field, reason) => `i svaret: ${field} ${reason}`,
  fieldSays: (field, value) => `${field} siger "${value}"`,
  unreadableRows: (rows, more) => `kan ikke læses: ${rows}${more === '' ? '' : ` og ${more} til`}`,
  eanThere: (ean) => `EAN dér ${ean}`,
  barcodeThere: (text) => `stregkode dér ${text}`,
  formerNumbers: (numbers) => `tidligere ${numbers}`,
  neverSent: 'aldrig sendt',
  /** Of a link that was told a figure and took none. */
  neverTaken: 'intet af vores tal er taget imod endnu',
  /** What a person does about a figure that did not get through, where something can be said. */
  refusalNext: {
    'refused-by-shop': 'Se i shoppen, hvorfor den afviser tallet, ret det der, og send igen.',
    'location-missing': 'Vælg en lokation, som shoppen har, i dens indstillinger her i programmet, og send igen.',
    'not-stocked-at-location': 'Lagerfør det på den lokation i shoppen, og send igen.',
    'not-tracked-in-shop': 'Skal shoppen følge vores lager, så lad den tælle produktet dér, og send igen.',
    'variant-moved': 'Hent det igen, og send så.',
    'figure-unreadable': 'Ret i shoppen det, der ikke kan læses, og hent produktet igen.',
    'quantity-not-taken':
      'Se i shoppen, hvorfor den ikke tager imod tallet: et plugin eller en grænse ændrer det måske.',
    'outcome-unknown': 'Send igen: først sammenlignes med det, shoppen har.',
    'sold-in-between': 'Send igen: der gås ud fra det, shoppen har nu.',
    'figure-too-old': 'Læs lageret igen, og send så.',
  },
  lastSaleWas: (when) => `sidste salg ${when}`,
  deletedInShop: 'slettet',

  notAskedByGtin: 'ikke spurgt på EAN: det kan denne platform ikke',
  askingChanged: (what) => `ændret ved at spørge: ${what}`,
  namedAndMore: (named, count) => `${named} og ${count} mere`,
  fetchChange: {
    linked: (product, ref) => `${product} koblet til ${ref}`,
    unlinked: (product, ref) => `${product} mistede sin kobling til ${ref}`,
    created: (product, ref) => `${product} blev kendt som ${ref}`,
    renamed: (product, ref) => `${product} fik varenummeret fra ${ref}`,
    conflict: (_product, ref) => `en konflikt om ${ref}`,
  },
  fetched: {
    linked: 'koblet',
    'already-linked': 'var allerede koblet',
    'inactive-in-shop': 'ikke aktiv i shoppen, derfor ingen produktintegration',
    conflict: 'konflikt, derfor ingen produktintegration',
    'gone-from-shop': 'shoppen kender det ikke længere',
    'never-in-shop': 'shoppen kender det ikke',
    'not-asked': 'ikke spurgt: platformen kan ikke spørges på EAN',
    'not-sellable-itself': 'sælges kun som varianter, derfor ingen egen produktintegration',
    'left-unlinked': 'ikke koblet igen: slettet af en person',
    refused: 'afvist',
    unreachable: 'shoppen kunne ikke spørges',
    cancelled: 'afbrudt',
    'shop-paused': 'ikke spurgt: shoppen er sat på pause',
  },

  conflictKind: {
    'shop-id-taken': 'produkt id er optaget',
    'sku-changed': 'varenummer er ændret',
    'product-taken': 'varenr. to gange i shop',
    ambiguous: 'flere kan være ment',
  },
  conflictSentences: {
    shopIdTaken: (ref, holder, claimant) =>
      `Produkt id ${ref} er registreret på ${holder}; ${claimant} vil også have det.`,
    skuChanged: (ref, holder, was, sku) =>
      `${ref} er koblet til ${holder}, men varenummeret er ændret fra ${was} til ${sku}.`,
    productTaken: {
      sku: (ref, product, other) => `${ref} har samme varenummer som ${product}, der allerede er koblet til ${other}.`,
      gtin: (ref, product, other) => `${ref} har samme EAN som ${product}, der allerede er koblet til ${other}.`,
      other: (ref, product, other) => `${ref} tages for ${product}, der allerede er koblet til ${other}.`,
    },
    translation: (language, original) => `Det er oversættelsen til ${language} af ${original}.`,
    ambiguous: (ref, candidates) => `${ref} kan være et af disse: ${candidates}.`,
  },
  shopCalls: (name) => `shoppen kalder det "${name}"`,
  contender: { holder: 'har produktintegrationen', claimant: 'vil have den' },
  linkedFirst: 'var først',
  choice: {
    keep: 'behold',
    'move-the-link': 'flyt koblingen',
    'not-the-same': 'ikke det samme',
    'accept-rename': 'godtag nyt varenummer',
  },
  choiceEffect: {
    keep: (ref) => `Alt bliver, som det er; ${ref} spørger ikke igen, før et af dem ændrer sig.`,
    moves: (from, to) => `${from} mister sin produktintegration i shoppen, og ${to} får den.`,
    movesTo: (product, ref) => `Produktintegrationen for ${product} i shoppen flyttes til ${ref}.`,
    links: (to) => `${to} får produktintegrationen.`,
    removes: (from) => `${from} mister sin produktintegration i shoppen.`,
    notTheSame: (ref) => `${ref} bliver aldrig mere knyttet til dette produkt, men får sit eget.`,
    renames: (product, to) => `${product} får varenummeret ${to}.`,
    undo: 'Kan fortrydes.',
  },

  refusal: {
    'no-integration': 'ingen produktintegration, derfor sendes intet',
    'shop-paused': 'shoppen er sat på pause',
    'not-tracked-in-shop': 'shoppen tæller ikke lager på det',
    'stock-held-by-parent': 'shoppen tæller lager på produktet, ikke på varianten',
    'not-a-unit': 'shoppen tager ikke imod et lagertal for det',
    'not-found-in-shop': 'shoppen kender det ikke',
    'figure-unreadable': 'shoppens tal kan ikke læses',
    'inactive-in-shop': 'det er ikke aktivt i shoppen',
    'variant-moved': 'varianten hører nu til et andet produkt',
    'no-permission': 'nøglen må ikke skrive lagertal',
    'quantity-not-taken': 'shoppen svarede, men beholdt sit eget tal',
    'figure-contested': 'to produkter vil sætte dette ene tal i shoppen til hver sit antal, så intet blev sendt',
    'location-missing': 'ingen lagerlokation i shoppen at sende det til',
    'not-stocked-at-location':
      'shoppen lagerfører det ikke på denne lokation: lagerfør det dér i shoppen, og hent det igen',
    'sold-in-between': 'der blev solgt noget imens; det læses igen',
    'stock-by-location-unknown': 'det vides ikke, hvad der ligger på shoppens lokationer: læs lageret igen',
    'figure-too-old': 'lagerets tal er for gammelt: læs lageret igen',
    'gone-from-warehouse': 'lageret har ikke produktet mere: antallet er ukendt',
    'shared-in-warehouse': 'to produkter på lageret kan være det: antallet er ukendt, til der er forskel på dem dér',
    'shop-unreachable': 'ingen forbindelse til shoppen, så intet blev sendt',
    'outcome-unknown': 'det vides ikke, om shoppen tog imod tallet',
    'refused-by-shop': 'shoppen afviste det',
  },
  refusalBrief: {
    'no-integration': 'ingen kobling',
    'shop-paused': 'shop på pause',
    'not-tracked-in-shop': 'tælles ikke',
    'stock-held-by-parent': 'på produktet',
    'not-a-unit': 'tager intet tal',
    'not-found-in-shop': 'ikke i shoppen',
    'figure-unreadable': 'ulæseligt',
    'inactive-in-shop': 'ikke aktivt',
    'variant-moved': 'variant flyttet',
    'no-permission': 'ingen rettighed',
    'quantity-not-taken': 'ikke taget imod',
    'figure-contested': 'to sætter det',
    'location-missing': 'ingen lokation',
    'not-stocked-at-location': 'lagerføres ikke',
    'sold-in-between': 'solgt imens',
    'stock-by-location-unknown': 'sted ukendt',
    'figure-too-old': 'for gammelt tal',
    'gone-from-warehouse': 'væk fra lageret',
    'shared-in-warehouse': 'to på lageret',
    'shop-unreachable': 'ingen kontakt',
    'outcome-unknown': 'udfald ukendt',
    'refused-by-shop': 'afvist',
  },
  unchanged: 'uændret',
  guard: {
    zero: 'går i nul',
    jump: 'stor ændring',
    'first-push': 'første afsendelse',
    negative: 'negativt',
    'zero-hides': 'nul skjuler det i shoppen',
    'changed-in-shop': 'ændret i shoppen siden',
    'by-gtin': 'kun koblet på EAN',
  },
  guardQuestion: {
    zeroes: 'tal, der går i nul',
    jumps: 'store ændringer',
    firsts: 'af shoppens egne tal, der overskrives for første gang',
    negatives: 'tal under nul',
    changed: 'tal, som shoppen har ændret, siden de blev sendt',
  },
  guardAdvice: {
    zero: 'Shoppen melder udsolgt. Angiv, hvor mange nuller du mener.',
    jump: 'Det nye tal ligger langt fra det gamle. Angiv, hvor mange store ændringer du mener.',
    'first-push': 'Shoppen har aldrig fået et tal fra os, og dens eget bliver overskrevet. Angiv, hvor mange du mener.',
    negative: 'Et tal under nul bliver sendt. Angiv, hvor mange du mener.',
    'changed-in-shop':
      'Shoppen har et andet tal end det, der sidst blev sendt: noget er solgt eller talt op dér. Angiv, hvor mange du mener.',
    'by-gtin':
      'Kun EAN siger, at det er det samme; varenumrene er forskellige. Se efter først, og angiv så, hvor mange første afsendelser du mener.',
    'zero-hides':
      'Denne shop gør produktet inaktivt ved nul; så fjernes produktintegrationen, og nyt lagertal kan ikke sendes. Angiv, hvor mange nuller du mener.',
  },
  pushed: {
    sent: 'sendt',
    'already-there': 'shoppen havde det allerede, intet skrevet',
    're-read': 'ændret imens, læst igen, ikke sendt',
    overtaken: 'sendt, men shoppen viser allerede et andet tal: solgt eller talt op i samme øjeblik',
    'held-by-guard': 'holdt tilbage',
    superseded: 'overhalet af et nyere tal',
    unlinked: 'sendt, men produktintegrationen blev fjernet eller flyttet imens',
    refused: 'afvist',
  },
  heldAtZero: (quantity) => `${quantity} holdt på 0`,
  alreadyThere: (count) => `${count} var allerede rigtige i shoppen`,
  oughtToHave: (figure) => `(bør have ${figure})`,
  notStockedThere: 'lagerføres ikke',
  lastSentWas: (sent, there) => `${sent} sendt, ${there} dér`,
  wouldSend: (quantity) => `nu ville ${quantity} blive sendt`,
  wouldAsk: (guards) => `spørger: ${guards}`,
  linkedBy: {
    gtin: (theirs) => `kun på EAN; shoppen kalder det ${theirs}`,
    other: (theirs) => `shoppen kalder det ${theirs}`,
  },

  rung: {
    confirmed: 'bekræftet',
    likely: 'sandsynlig',
    unsure: 'usikker',
    'probably-slow-seller': 'sælger trægt?',
  },
  rungSentences: {
    confirmed: 'Shoppen siger selv, at det ikke er til salg.',
    likely: 'Produktintegrationen er væk, og intet tyder på, at det kan købes.',
    unsure: 'Kun det manglende salg taler for det; se efter i shoppen.',
    'probably-slow-seller': 'Shoppen siger aktiv; det sælger bare trægt.',
  },
  signal: {
    linkMissing: 'ingen produktintegration',
    neverListed: 'aldrig set i shoppen',
    noSaleSince: (days) => `intet salg i ${days}`,
    noSaleKnown: (days) => `intet salg i de ${days}, der er læst`,
    noSalesReading: 'salget er ikke læst',
    notVisible: (word) => `aktiv, men ikke synlig eller til at købe for kunderne (${word})`,
    cannotBeBought: (why, word) => `aktiv, men ingen kan købe det: ${why} ("${word}")`,
  },
  valuedAt: { cost: 'kostpris', price: 'salgspris' },
  mark: { ticked: 'afkrydset', 'not-for-this-shop': 'skal ikke i denne shop', note: 'note' },

  runStatus: { running: 'i gang', finished: 'færdig', interrupted: 'afbrudt' },
  runOutcome: {
    changed: 'ændret',
    unchanged: 'uændret',
    partial: 'delvis',
    refused: 'afvist',
    unreachable: 'intet svar',
    'stopped-by-guard': 'stoppet for at spørge',
  },
  runKind: { full: 'fuld synk', changes: 'kun ændringer' },
  salesUnread: (why) => `salg kunne ikke læses (${why}), så det er ukendt, hvornår noget sidst blev solgt`,
  runCounts: {
    seen: 'læst',
    productsCreated: 'oprettet',
    updated: 'opdateret',
    linked: 'koblet',
    unlinked: 'fjernet',
    conflicts: 'konflikter',
    broken: 'kunne ikke læses',
  },
  health: {
    good: 'svarer',
    'never-read': 'aldrig læst',
    paused: 'på pause',
    trouble: 'problemer',
    'no-credentials': 'ingen nøgle',
    stale: 'længe siden læst',
    'unknown-platform': 'kender ikke platformen',
  },
  blindSpot: {
    'deletions-not-in-changes': 'Slettede produkter ses ikke blandt ændringerne; kun en fuld synk finder dem.',
    'some-stock-changes-not-in-changes': 'Nogle lagerændringer i shoppen ses ikke blandt ændringerne.',
    'sales-not-in-changes': 'Et salg i shoppen flytter ingen dato; lagertallene læses derfor for sig.',
    'no-barcode-field': 'Platformen har intet felt til stregkoder; vælg det felt, shoppen selv har lavet.',
    'variation-edits-may-not-move-parent': 'En rettet variant ses måske først ved næste fulde synk.',
    'search-index-lags': 'Shoppen søger i et indeks, der er nogle sekunder bagud.',
    'sales-only-60-days': 'Salg kan kun læses 60 dage tilbage, medmindre nøglen har den større tilladelse.',
    'no-compare-and-set': 'Et tal, der sendes, kan overskrive et salg i samme sekund.',
    'no-archived-state': 'Platformen kender ikke "arkiveret"; kladde og privat bruges i stedet.',
    'active-is-not-visible': '"Aktiv" betyder ikke synlig: det kan stå uden for alle salgskanaler.',
    'figures-not-in-changes': 'Lagertal ses ikke blandt ændringerne; de hentes særskilt med jævne mellemrum.',
    'times-without-zone':
      'Shoppens tider har ingen tidszone; omkring skift til og fra sommertid hentes to timer ekstra.',
    'sale-time-is-approximate': 'Tidspunktet for seneste salg er omtrentligt.',
    'rights-not-told': 'Platformen siger ikke, hvad nøglen må, før det er prøvet.',
    'stock-not-in-changes': 'Lagerændringer er ikke blandt ændringerne; en gennemgang af hele lageret finder dem.',
    'variants-not-in-changes':
      'En rettet variant er ikke blandt ændringerne; gennemgangen af lageret finder nye og andre varenumre, en fuld synkronisering resten.',
    'shop-reserves-itself': 'Shoppen holder selv sine åbne ordrer tilbage fra det antal, den får.',
    'prices-without-tax': 'Priser læses uden moms.',
    'order-stock-not-in-changes': 'Salg i shoppen flytter lagertal uden at flytte en dato; lageret læses for sig.',
    'variant-changes-not-in-changes':
      'En ny eller rettet variant er ikke blandt ændringerne; gennemgangen af lageret finder nye og andre varenumre, en fuld synkronisering resten.',
    'stock-kept-elsewhere-unseen': 'Holder et tillæg lageret et andet sted i shoppen, ses det ikke herfra.',
    'writes-show-later':
      'Et tal, der er sendt, gælder først i shoppen efter lidt tid; et salg indtil da overskrives. Som en forskel ville det tælle dobbelt, hvis et svar går tabt eller det første kommer sent: shoppen ville sælge noget, der ikke er der.',
    'one-barcode-field-not-searched':
      'En stregkode i shoppens andet felt (GTIN) kan der ikke spørges efter, kun den i UPC/EAN.',
  },
  permission: {
    'read-products': 'læse produkter',
    'read-stock': 'læse lagertal',
    'write-stock': 'skrive lagertal',
    'read-orders': 'læse ordrer',
    'read-all-orders': 'læse ordrer ældre end 60 dage',
    'read-settings': 'læse indstillinger',
  },
  warning: {
    'stock-management-off': 'Lagerstyring er slået fra i shoppen: intet lagertal bliver taget imod.',
    'api-version-retired': 'Shoppen svarer med en anden version af sit API, end der blev bedt om.',
    'credentials-had-to-go-in-query': 'Shoppen tager kun imod nøglen i adressen; dens egne logge kan vise den.',
    'no-location-chosen': 'Der er ikke valgt nogen lagerlokation: der sendes intet lagertal, før en er valgt.',
    'clock-off': 'Shoppens ur går forkert.',
  },
  negative: { send: 'sendes, som det er', 'hold-at-zero': 'holdes på 0' },

  brokeAt: {
    nowhere: 'alt stemmer',
    'changed-in-warehouse': 'lageret har et andet tal nu: læs det igen',
    'stock-by-location-unknown': 'det vides ikke, hvad der ligger på shoppens lokationer',
    'no-link': 'ingen produktintegration, derfor er intet sendt',
    'never-sent': 'koblet, men aldrig sendt',
    refused: 'den seneste afsendelse kom ikke igennem',
    'not-sent-since-change': 'vores tal er ændret siden sidste afsendelse',
    'changed-on-both-sides': 'vores tal og shoppens er ændret siden sidste afsendelse',
    'changed-in-shop': 'shoppen har ændret det, efter vi sendte',
    'not-tracked-in-shop': 'shoppen tæller det ikke',
    'held-by-parent': 'tælles på produktet, ikke på varianten',
    'unreadable-in-shop': 'shoppens tal kan ikke læses',
    'not-stocked-at-location': 'shoppen lagerfører det ikke på denne lokation',
    'inactive-in-shop': 'ikke aktiv i shoppen',
    'gone-from-shop': 'shoppen kender det ikke længere',
    'shop-unreachable': 'shoppen kunne ikke spørges',
  },

  dayOfMonth: (day, month) =>
    `${day}. ${'jan feb mar apr maj jun jul aug sep okt nov dec'.split(' ')[month - 1] ?? ''}`,
  pattern: {
    removedTogether: (links, when, because) => `${links} fjernet ${when}: ${because}`,
    at: (day, time) => `${day} kl. ${time}`,
    lasting: (day, time, span) => `inden for ${span} fra ${day} kl. ${time}`,
    removedShort: (when, because) => `koblinger tabt ${when}: ${because}`,
    causeShort: (cause) => `ikke koblet: ${cause}`,
    refusalShort: (why) => `afvist: ${why}`,
    sameCause: (products, cause) => `${products} uden produktintegration af samme årsag: ${cause}`,
    sameRefusal: (products, why) => `${products} afvist af samme grund: ${why}`,
  },
  by: (who) => `af ${who}`,
  repair: {
    'fetch-products': 'Hent dem igen, alle sammen.',
    'undo-removals': 'Fortryd sletningerne.',
    'activate-in-shop-by-hand': 'Aktivér dem i shoppen, manuelt, og hent dem derefter.',
    'open-shop-health': 'Se på shoppen.',
    'sync-shop': 'Synkronisér hele shoppen.',
    'open-conflicts': 'Åbn konflikterne.',
    none: 'Der er intet at gøre.',
  },

  act: {
    marked: (count, kind) => `${count} produkter: ${kind}`,
    unmarked: (count, kind) => `${count} produkter: ikke længere ${kind}`,
  },
  actOf: {
    'product-created': (count) => `${count} produkter blev kendt`,
    'product-updated': (count) => `${count} produkter ændret`,
    'product-renamed': (count) => `${count} produkter skiftede varenummer`,
    'integration-created': (count) => `${count} koblinger lavet`,
    'integration-removed': (count) => `${count} koblinger tabt`,
    'conflict-found': (count) => `${count} konflikter fundet`,
    'conflict-cleared': (count) => `${count} konflikter løst`,
    'activity-changed': (count) => `${count} produkter skiftede status i shoppen`,
    'listing-gone': (count) => `${count} produkter er væk fra shoppen`,
    'stock-changed': (count) => `${count} lagertal ændret`,
    'gone-from-warehouse': (count) => `${count} produkter findes ikke mere på lageret`,
    'back-in-warehouse': (count) => `${count} produkter findes igen på lageret`,
    'stock-pushed': (count) => `${count} lagertal sendt`,
    'push-refused': (count) => `${count} lagertal ikke sendt`,
    'product-fetched': (count) => `${count} produkter hentet`,
    marked: (count) => `${count} produkter markeret`,
    unmarked: (count) => `${count} markeringer fjernet`,
    ruled: (count) => `${count} afgørelser`,
    unruled: (count) => `${count} afgørelser taget tilbage`,
    'run-finished': (count) => `${count} synkroniseringer`,
    'sync-answered': (count) => `${count} svar til en synkronisering`,
    'shop-added': (count) => `${count} shops tilføjet`,
    'shop-changed': (count) => `${count} ændringer af en shop`,
    'shop-removed': (count) => `${count} shops fjernet`,
    undone: (count) => `${count} handlinger fortrudt`,
  },
  eventType: {
    'product-created': 'produkt blev kendt',
    'product-updated': 'produkt ændret',
    'product-renamed': 'varenummer skiftet',
    'integration-created': 'kobling lavet',
    'integration-removed': 'kobling tabt',
    'conflict-found': 'konflikt fundet',
    'conflict-cleared': 'konflikt løst',
    'activity-changed': 'status skiftet',
    'listing-gone': 'væk fra shoppen',
    'stock-changed': 'beholdning ændret',
    'gone-from-warehouse': 'findes ikke mere på lageret',
    'back-in-warehouse': 'findes igen på lageret',
    'stock-pushed': 'lagertal sendt',
    'push-refused': 'lagertal ikke sendt',
    'product-fetched': 'hentet',
    marked: 'markering sat',
    unmarked: 'markering fjernet',
    ruled: 'afgørelse',
    unruled: 'afgørelse taget tilbage',
    'run-finished': 'synkronisering',
    'sync-answered': 'svar til en synkronisering',
    'shop-added': 'shop tilføjet',
    'shop-changed': 'shop rettet',
    'shop-removed': 'shop fjernet',
    undone: 'fortrudt',
  },

  event: {
    productCreated: (product) => `${product} blev kendt`,
    productCreatedFrom: (product, ref) => `${product} blev kendt, hentet som ${ref}`,
    productUpdated: (product, changes) => `${product}: ${changes}`,
    productUpdatedBy: (product, changes, warehouse) => `${product}: ${changes}, i ${warehouse}`,
    productRenamed: (product, was, sku) => `${product} skiftede varenummer: ${was} til ${sku}`,
    productRenamedIn: (product, warehouse, was, sku) =>
      `${product} skiftede varenummer i ${warehouse}: ${was} til ${sku}`,
    integrationCreated: (product, ref, how) => `${product} koblet til ${ref} ${how}`,
    integrationRemoved: (product, ref, because) => `${product} mistede sin kobling til ${ref}: ${because}`,
    conflictFound: (said) => `Konflikt: ${said}`,
    conflictCleared: (kind, ref) => `Konflikt løst: ${kind}, ${ref}`,
    activityChanged: (ref, was, now) => `${ref} gik fra ${was} til ${now}`,
    listingGone: (ref) => `${ref} er væk fra shoppen`,
    stockChanged: (product, was, now, why) => `${product}: beholdning ${was} til ${now} (${why})`,
    goneFromWarehouse: (product, warehouse) => `${product} findes ikke mere i ${warehouse}`,
    backInWarehouse: (product, warehouse) => `${product} findes igen i ${warehouse}`,
    stockPushed: (product, was, now) => `${product}: sendt ${now} (var ${was})`,
    stockAlreadyThere: (product, now) => `${product}: shoppen havde allerede ${now}`,
    stockPushedHeld: (product, was, now, held) => `${product}: sendt ${now} (var ${was}; ${held} holdt tilbage)`,
    pushRefused: (product, why) => `${product}: lagertal ikke sendt, ${why}`,
    productFetched: (what, outcome, took) => `${what} hentet: ${outcome} (${took})`,
    marked: (product, kind) => `${product}: ${kind}`,
    unmarked: (product, kind) => `${product}: ikke længere ${kind}`,
    ruledKeep: (ref) => `${ref}: beholdes, som det er`,
    ruledNotTheSame: (ref, product) => `${ref} er ikke ${product}`,
    unruled: (ref) => `${ref}: afgørelsen er taget tilbage`,
    runFinished: (kind, outcome, counts) =>
      `${kind === 'full' ? 'Fuld synk' : 'Synk af ændringer'}: ${outcome} (${counts})`,
    syncAnswered: (count) => `Godkendt, at ${count} forsvinder`,
    shopAdded: (shop) => `${shop} tilføjet`,
    shopChanged: (shop, fields) => `${shop} rettet: ${fields}`,
    shopPaused: (shop) => `${shop} sat på pause`,
    shopResumed: (shop) => `${shop} taget af pause`,
    shopRemoved: (shop) => `${shop} fjernet`,
    undone: (seq, what) => `Fortrudt: nr. ${seq} (${what})`,
  },
  shopField: {
    name: 'navn',
    url: 'adresse',
    country: 'land',
    owner: 'vareejer',
    identity: 'hvad shoppen kalder sig',
    currency: 'valuta',
    timeZone: 'tidszone',
    negative: 'negative tal',
    options: 'platformens indstillinger',
    caFile: 'certifikatfil',
    locations: 'lagerets lokationer',
    shopLocations: 'shoppens lokationer',
  },
  stockReason: { count: 'optælling', import: 'import', warehouse: 'lager', undo: 'fortrudt' },
  program: 'Bindeled',
  programs: { sync: 'synken' },

  shopTrouble: {
    unreachable: 'svarer ikke',
    unauthorized: 'nøgle afvist',
    forbidden: 'mangler rettighed',
    'rate-limited': 'beder om en pause',
    'not-found': 'forkert adresse',
    moved: 'er flyttet',
    'another-shop': 'en anden shop svarer',
    refused: 'afviste',
    unintelligible: 'uforståeligt svar',
    cancelled: 'afbrudt',
  },
  shopTroubleReason: {
    'own-error': 'fejl i shoppen',
    'program-fault': 'fejl i programmet',
    'no-credentials': 'ingen nøgle',
  },
  shopError: {
    unreachable: {
      said: (shop) => `${shop} svarer ikke.`,
      advice: 'Se efter, om adressen er rigtig, og om shoppen er oppe, og prøv igen. Det, vi ved her, er bevaret.',
    },
    unauthorized: {
      said: (shop) => `${shop} svarede, men afviste nøglen.`,
      advice:
        'Nøglen kan være forkert, gammel eller trukket tilbage. Lav en ny i shoppen, og prøv igen. Ingen produktintegration er fjernet.',
    },
    forbidden: {
      said: (shop) => `${shop} kender nøglen, men den mangler en tilladelse.`,
      advice: 'Giv nøglen tilladelsen i shoppen, og prøv igen. Ingen produktintegration er fjernet.',
    },
    'rate-limited': {
      said: (shop) => `${shop} beder os sætte farten ned.`,
      advice: 'Der er intet at gøre: vi venter og fortsætter selv. Bliver det ved, så prøv igen senere.',
    },
    'not-found': {
      said: (shop) => `${shop} svarer, men har ikke den side.`,
      advice: 'Se efter adressen: det skal være API-adressen, ikke den som kunderne bruger.',
    },
    moved: {
      said: (shop) => `${shop} er flyttet til en anden adresse.`,
      advice: 'Ret shoppens adresse, hvis den nye er rigtig. Nøglen blev ikke sendt dertil.',
    },
    'another-shop': {
      said: (shop) => `På adressen for ${shop} svarer der nu en anden shop.`,
      advice:
        'Det kan være en kopi eller en testshop. Intet er læst eller skrevet. Se efter adressen først. Er shoppen flyttet eller omdøbt, så godkend præcis det, den kalder sig: bindeled shops change <shop> --accept-identity <navn>',
    },
    refused: {
      said: (shop) => `${shop} afviste det, der blev bedt om.`,
      advice: 'Læs, hvad shoppen siger. Giver det ikke mening, så kopiér sagen og send den videre.',
    },
    unintelligible: {
      said: (shop) => `${shop} svarer med noget, der ikke kan forstås.`,
      advice:
        'Ofte er det en loginside, en fejlside eller en firewall, der svarer i stedet for shoppen. Se efter, at adressen er API-adressen, og prøv igen.',
    },
    cancelled: { said: (shop) => `${shop}: afbrudt.`, advice: 'Kør det igen; det fortsætter, hvor det slap.' },
  },
  shopErrorReason: {
    'unreadable-row': {
      said: (shop) => `${shop} svarer, men viser produktet, så det ikke kan læses.`,
      advice:
        'Ret det i shoppen, og hent det igen. Ingen andre produkter er berørt af det, og produktintegrationen bliver.',
    },
    'own-error': {
      said: (shop) => `${shop} svarer med en fejl.`,
      advice:
        'Den kan være under vedligeholdelse, overbelastet eller i stykker. Prøv igen om lidt; bliver det ved, så giv det, den siger, videre til dem, der driver shoppen. Det, der er kendt her, er bevaret.',
    },
    'sent-to-people': {
      said: (shop) => `${shop} sender os til en side for mennesker i stedet for at svare.`,
      advice:
        "Den er ikke flyttet: lad adressen være. Shoppen kan være lukket for besøgende, eller der står et login eller et tjek for robotter foran dens API. Få API'en lukket igennem. Ingen produktintegration er fjernet.",
    },
    'host-password': {
      said: (shop) => `Der står en adgangskode foran ${shop}.`,
      advice:
        "Det er ikke nøglen, der er noget galt med: webhotellet spørger alle om en adgangskode, oftest mens en shop bygges. Få den fjernet eller API'en lukket igennem.",
    },
    firewall: {
      said: (shop) => `Der står en firewall foran ${shop}, som ikke lukker os igennem.`,
      advice:
        'Det er ikke nøglen, der er noget galt med. Få programmet lukket igennem dér: på maskinens adresse eller på en user agent, der er sat for shoppen.',
    },
    'closed-by-plugin': {
      said: (shop) => `Et plugin hos ${shop} lukker for dens API.`,
      advice:
        'Luk /wp-json/wc/v3/ igennem i dets indstillinger (et sikkerhedsplugin, "Disable REST API" ...). Er der allerede lukket igennem, er nøglen ukendt dér eller bliver fjernet undervejs: lav en ny.',
    },
    proxy: {
      said: (shop) => `Den proxy, der er valgt til ${shop}, fører ikke derhen.`,
      advice:
        'Shoppen selv blev ikke nået, og nøglen blev ikke sendt. Se efter shoppens indstilling "proxy", og at proxyen lader denne maskine igennem uden adgangskode.',
    },
    'shows-nothing': {
      said: (shop) => `${shop} viser slet ingen produkter.`,
      advice:
        'Måske kan nøglen ingen se, eller også er shoppen ved at blive flyttet eller genskabt: se efter dér. Ingen produktintegration er fjernet. Har den virkelig ingen længere, så synk hele shoppen: den spørger, før noget fjernes.',
    },
    'closed-by-platform': {
      said: (shop) => `${shop} er lukket af Shopify.`,
      advice:
        'Kun shoppens ejer kan åbne den igen: i Shopifys administration eller hos Shopifys support. Ingen produktintegration er fjernet.',
    },
    'program-fault': {
      said: (shop: string) => `Programmet selv fejlede, mens det talte med ${shop}.`,
      advice:
        'Det er ikke shoppen, der er noget galt med. Er programmet blevet opdateret, mens det kørte, så afslut det og start det igen (en server: systemctl restart bindeled). Sker det stadig, så indberet det med ordene ovenfor.',
    },
  },
  tooManyRows: {
    said: (shop) => `${shop} viser langt flere varer, end den havde. Intet er koblet eller fjernet.`,
    advice: (shop) =>
      `Er shoppen vokset så meget, så skriv omtrent, hvor mange varer og varianter den har nu: bindeled sync ${shop} --full --expect <antal>. Ellers spørg dem, der driver shoppen, hvorfor den gentager sig selv.`,
  },
  shopErrorDetail: {
    doing: (doing) => `under ${doing}`,
    status: (status) => `HTTP ${status}`,
    permission: (word) => `manglende tilladelse: ${word}`,
    target: (address) => `ny adresse: ${address}`,
    retryAfter: (time) => `shoppen beder om en pause på ${time}`,
    notWaited: 'så længe venter vi ikke: det sluttede her; spørg dem, der driver shoppen, og bestil det igen',
    said: (text) => `shoppen siger: "${text}"`,
  },

  storeWarning: {
    manyIntegrations: (count, sensible) =>
      `${count} produktintegrationer; en JSON-fil egner sig til omkring ${sensible}. Det tager lang tid at åbne, og hvert åbent program har det hele i hukommelsen. Det er tid til en database.`,
    largeFiles: (size, sensible) =>
      `Datafilerne fylder ${size}; en JSON-fil egner sig til omkring ${sensible}. Det tager lang tid at åbne, og hvert åbent program har det hele i hukommelsen. Det er tid til en database.`,
    longJournal: (size, sensible) =>
      `Journalen fylder ${size} og skulle for længst være samlet (${sensible}). Skaf plads på disken, og kør "bindeled store compact".`,
    clockOff: (clock, newest) =>
      `Computerens ur siger ${clock}, men den nyeste hændelse er fra ${newest}. Derfor er ingen historik slettet. Er uret forkert, så ret det.`,
    clockJumped: (from, to) =>
      `Mellem to af de seneste hændelser gik uret fra ${from} til ${to}. Derfor er ingen historik slettet; det sker først igen, når uret har gået rigtigt i en måned.`,
    noTextIndex: {
      missing:
        'Databasen har ikke pg_trgm, så en søgning læser alle rækker. Få den oprettet (create extension pg_trgm), og kør "bindeled store compact".',
      shut: 'pg_trgm er der, men rollen må ikke bruge det skema, den ligger i, så en søgning læser alle rækker. Få rollen givet lov til det (grant usage on schema), og kør "bindeled store compact".',
      there:
        'pg_trgm er der, men datafilen har endnu intet indeks over tekster, så en søgning læser alle rækker. Kør "bindeled store compact".',
    },
    sharedFolder: (host) =>
      `Dataene ligger i en mappe, som flere computere kan nå${host === undefined ? '' : ` (også ${host})`}. Det er JSON-filer ikke lavet til; brug PostgreSQL.`,
  },
  toldUnwritten: (names) =>
    `${names} havde da fået tal, som ikke kunne noteres. En sammenligning viser, hvordan de står; næste gang der sendes eller læses, kommer det på plads.`,
  onlyRead: (why) => `${why} Det, der er gemt, kan læses; alle ændringer bliver afvist.`,
  storeError: {
    locked: {
      said: 'Et andet program holder datafilen.',
      advice:
        'Vent lidt, og prøv igen. Er det andet program dødt, bliver det overtaget af sig selv. Kører der intet andet program, har disken ingen låse, som nogle netværksdrev: så læg data på en disk i selve maskinen.',
    },
    damaged: {
      said: 'Datafilen er beskadiget. Den er ikke rørt.',
      advice:
        'Se, hvad der er galt, med "bindeled store check", og gå tilbage til en kopi med "bindeled store restore".',
    },
    'newer-version': {
      said: 'Datafilen er skrevet af en nyere Bindeled. Den er ikke rørt.',
      advice: 'Brug den nyere Bindeled.',
    },
    'law-broken': {
      said: 'Ændringen ville have givet et produkt to produktintegrationer i en shop eller et shopprodukt to produkter.',
      advice: 'Intet er skrevet. Kør "bindeled store check", og send sagen videre.',
    },
    'wrong-shape': {
      said: 'En post i ændringen er ikke, som den skal være.',
      advice: 'Intet er skrevet. Send sagen videre.',
    },
    'disk-full': {
      said: 'Disken er fuld.',
      advice: 'Skaf plads, og prøv igen. Det, der blev bekræftet før, er i behold.',
    },
    'read-only': {
      said: 'Der kan ikke skrives i datamappen.',
      advice: 'Disken er skrivebeskyttet. Gør den skrivbar, eller lad BINDELED_HOME pege et andet sted hen.',
    },
    'no-access': {
      said: 'Du må ikke læse eller skrive datafilen.',
      advice: 'Se efter, hvem der ejer mappen, eller lad BINDELED_HOME pege på et sted, der er dit.',
    },
    'too-many-files': {
      said: 'Der er åbnet for mange filer, så datafilen ikke kan åbnes.',
      advice:
        'Intet er skrevet halvt. Luk programmer, der ikke bruges, eller sæt grænsen op: "ulimit -n 4096", før programmet startes, eller LimitNOFILE=, hvor systemd starter det.',
    },
    'no-hard-links': {
      said: 'Filsystemet, hvor datafilen ligger, har ingen hårde links, og dem er dens lås lavet af.',
      advice:
        'exFAT, FAT og nogle netværksdrev har ingen. Lad BINDELED_HOME pege på en disk i selve maskinen, eller brug PostgreSQL.',
    },
    'no-sync': {
      said: 'Filsystemet, hvor datafilen ligger, kan ikke sikre, at det skrevne bliver stående.',
      advice:
        'Intet er ændret. Sådan er nogle netværksdrev og FUSE-filsystemer. Lad BINDELED_HOME pege på en disk i selve maskinen, eller brug PostgreSQL.',
    },
    'no-locks': {
      said: 'Filsystemet, hvor datafilen ligger, har ingen låse, og dem skal SQLite bruge.',
      advice:
        'Intet er ændret. Nogle netværksdrev har ingen. Læg filen på en disk i selve maskinen, eller brug PostgreSQL.',
    },
    'no-folder': {
      said: 'Datafilen har ingen mappe at ligge i.',
      advice:
        'Der ligger en fil, hvor mappen skulle være, eller der kan ikke laves en mappe dér. Lad BINDELED_HOME pege på et andet sted.',
    },
    missing: {
      said: 'Datafilen er der ikke.',
      advice:
        'Læg den tilbage: er dens disk monteret? Eller gå tilbage til en kopi med "bindeled store restore". Vil du begynde med en ny og tom: "bindeled store init".',
    },
    'too-large': {
      said: 'Datafilen er vokset ud over, hvad en JSON-fil egner sig til.',
      advice: 'Kør "bindeled store compact". Hjælper det ikke, er det tid til en database.',
    },
    unreachable: {
      said: 'Databaseserveren svarer ikke.',
      advice:
        'Alt, der er bekræftet, er der stadig. Prøv igen om lidt; vedbliver det, så se efter server og port i adressen, eller spørg den, der passer serveren.',
    },
    'server-full': {
      said: 'Databaseserveren har ingen ledig forbindelse.',
      advice:
        'Luk programmer, der ikke bruges, eller få max_connections eller rollens grænse sat op. En datafil bruger så mange, som "pool" i adressen siger, og én til.',
    },
    untrusted: {
      said: 'Der er ingen forbindelse til databaseserveren, som man kan stole på.',
      advice:
        'Serveren skal tale TLS med et certifikat for sit navn. Angiv CA med sslrootcert=<fil>; spørg den, der passer serveren.',
    },
    'too-slow': {
      said: 'Databaseserveren var for længe om det.',
      advice:
        'Intet er skrevet halvt. Prøv igen om lidt; mere tid gives med statement_timeout=<sekunder> i datafilens adresse.',
    },
    'bad-address': {
      said: 'Datafilens adresse er ikke rigtig.',
      advice:
        'Ret BINDELED_STORE, eller "store" i indstillingerne: json:, sqlite:/sti/fil eller postgres://bruger@server/database. Det hele står i "docs/stores.md".',
    },
    disk: { said: 'Disken svarer med en fejl.', advice: 'Se på disken, og kør derefter "bindeled store check".' },
  },

  serverError: {
    damaged: {
      said: 'Det, der ligger i databasen, er ikke det, Bindeled skrev.',
      advice:
        'Intet er ændret. "bindeled store check" siger, hvad der mangler. Få den, der passer serveren, til at se efter, hvem der har ændret det, eller gå tilbage til en kopi med "bindeled store restore".',
    },
    'no-access': {
      said: 'Databaseserveren lukker dig ikke ind, eller ikke langt nok.',
      advice:
        'Se efter bruger og adgangskode i BINDELED_STORE, og hvad rollen må; "docs/stores.md" har den SQL, der opretter den.',
    },
    missing: {
      said: 'Databaseserveren har ingen sådan database, eller der er ingen data fra Bindeled i den.',
      advice:
        'Se efter navnet i adressen (BINDELED_STORE eller "store" i indstillingerne), eller få det oprettet eller lagt tilbage af den, der passer serveren. Vil du begynde med en ny og tom datafil: "bindeled store init".',
    },
    disk: {
      said: 'Databaseserveren svarer med en fejl.',
      advice: 'Intet er skrevet halvt. Giv linjen ovenfor videre til den, der passer serveren.',
    },
    'read-only': {
      said: 'Databaseserveren tager ikke imod ændringer: den er en kopi (standby) eller skrivebeskyttet.',
      advice:
        'Intet er ændret. Angiv den server, der tager imod ændringer, i BINDELED_STORE, eller start med --read-only.',
    },
    'disk-full': {
      said: 'Databaseserverens disk er fuld.',
      advice: 'Intet er skrevet halvt. Sig det til den, der passer serveren. Det, der blev bekræftet før, er i behold.',
    },
  },

  undoRefusal: {
    'cannot-be-undone': 'det er ikke af en slags, der kan',
    'undone-already': 'nogen har allerede fortrudt det',
    'listing-has-another-product': 'et andet produkt er siden koblet til shopproduktet',
    'product-has-another-listing': 'produktet er siden koblet til et andet shopprodukt',
    'not-for-sale-in-shop': 'shoppen sælger det ikke nu',
    'shop-removed': 'shoppen er fjernet',
    'changed-since': 'det er ændret siden',
    'sku-taken': 'et andet produkt har varenummeret nu',
    'stock-from-warehouse': 'beholdningen kommer fra et lagersystem nu',
  },

  badAddress: {
    'not-a-url': (address) => ({
      said: `"${address}" er ikke en adresse.`,
      advice: 'Kopiér den fra browseren: https://shop.example',
    }),
    'has-credentials': (address) => ({
      said: `Der står et brugernavn, en adgangskode eller en nøgle i adressen (${address}).`,
      advice: 'Angiv adressen alene; nøgler indtastes for sig (shops key, warehouse key).',
    }),
    'plain-http': (address) => ({
      said: `${address} er ikke krypteret, og nøgler sendes kun krypteret.`,
      advice: 'Brug https://',
    }),
    'no-host': (address) => ({
      said: `Ingen shop kan svare på ${address}.`,
      advice: 'Kopiér adressen fra browseren: https://shop.example',
    }),
    lookalike: (address) => ({
      said: `Adressen er skrevet med bogstaver, der ligner andre. Den fører til ${address}`,
      advice: 'Er det shoppen, så skriv den sådan.',
    }),
  },

  requestError: {
    readOnly: {
      said: 'Bindeled er sat til kun at læse, så intet er ændret.',
      advice: 'Udelad --read-only, eller ret "readOnly" i indstillingerne.',
    },
    unknownShop: (shop) => ({
      said: `Der er ingen shop, der hedder "${shop}".`,
      advice: 'Se dem alle med "bindeled shops list".',
    }),
    unknownProduct: (asked) => ({
      said: `Intet produkt har varenummer, EAN, id eller navn "${asked}".`,
      advice: 'Søg på en del af det med "bindeled find", eller hent det fra shoppen med "bindeled fetch".',
    }),
    shopExists: (shop) => ({
      said: `Der er allerede en shop, der hedder "${shop}".`,
      advice: 'Vælg et andet navn, eller ret den, der er, med "bindeled shops change".',
    }),
    idTooLike: (id, shop) => ({
      said: `${id} kan ikke skelnes fra ${shop}, når der ledes efter nøgler.`,
      advice: 'Begge ville læse de samme miljøvariabler. Vælg et id, der adskiller sig i bogstaver eller tal.',
    }),
    idReserved: (id, variable) => ({
      said: `Ingen shop kan hedde ${id}: dens nøgler ville blive ledt efter i ${variable}, som rummer en anden hemmelighed.`,
      advice: 'Vælg et andet id, for eksempel landets eller mærkets navn.',
    }),
    addressTaken: (shop, url) => ({
      said: `${url} er allerede adressen på shoppen ${shop}.`,
      advice: 'Se adressen efter, eller ret den shop, der er, med "bindeled shops change".',
    }),
    shopPaused: (shop) => ({
      said: `${shop} er sat på pause og bliver derfor ikke spurgt.`,
      advice: `Ophæv pausen først: P blandt shops eller "bindeled shops resume ${shop}".`,
    }),
    noWebhooks: (shop) => ({
      said: `Platformen bag ${shop} melder intet af sig selv.`,
      advice: 'Runderne i bindeled serve læser det, der er ændret.',
    }),
    unknownPlatform: (shop, platform) => ({
      said: `Denne version kender ikke ${platform}, som ${shop} kører på.`,
      advice: 'Opdatér Bindeled. Alt om shoppen er gemt, og imens læses og skrives der intet i den.',
    }),
    noCredentials: (shop, names) => ({
      said: `Der er ingen nøgle til ${shop}.`,
      advice: `Læg den i miljøet (${names}) eller i credentials.json i mappen med indstillinger, mode 600.`,
    }),
    syncRunningElsewhere: (shop, holder) => ({
      said: `${shop} bliver allerede synkroniseret${holder === '' ? '' : ` af ${holder}`}.`,
      advice: 'Vent, til det er færdigt. Er det program dødt, overtager næste forsøg.',
    }),
    notLinked: (product, shop) => ({
      said: `${product} har ingen produktintegration i ${shop}.`,
      advice: 'Spørg hvorfor med "bindeled why".',
    }),
    alreadyLinked: (product, shop, listing) => ({
      said: `${product} har allerede en produktintegration i ${shop}${listing === '' ? '' : `: ${listing}`}.`,
      advice: 'Fjern den, der er, først, eller afgør konflikten.',
    }),
    unknownListing: (listing, shop) => ({
      said: `${shop} har aldrig vist et produkt med id ${listing}.`,
      advice: `Se efter id'et, eller hent det først: bindeled fetch ${listing}`,
    }),
    notForSale: (listing, shop, says) => ({
      said: `${listing} er ikke til salg i ${shop} ("${says}"), så intet kan kobles til den.`,
      advice: 'Nævn varianten efter en skråstreg (10234/7), eller aktivér den i shoppen, manuelt.',
    }),
    nothingToUndo: { said: 'Der er intet at fortryde.', advice: 'Se, hvad der er sket, med "bindeled log".' },
    cannotUndo: (seq, why) => ({
      said: `${seq === '' ? 'Det' : `Handling ${seq}`} kan ikke fortrydes${why === '' ? '' : `: ${why}`}.`,
      advice:
        'Slettede produktintegrationer, afkrydsninger, noter, optællinger, afgørelser og koblinger lavet manuelt kan fortrydes. Sendte lagertal kan ikke: send et nyt tal.',
    }),
    noConflict: (ref) => ({
      said: `Der er ingen konflikt på ${ref}.`,
      advice: 'Se dem alle med "bindeled conflicts".',
    }),
    choiceDoesNotFit: (choice) => ({
      said: `Valget "${choice}" passer ikke til denne konflikt.`,
      advice: 'Se, hvad hvert valg ville gøre, med "bindeled conflicts".',
    }),
    unknownPlan: (plan) => ({
      said: `Der er ingen afsendelsesplan ${plan}.`,
      advice: 'Lav en med "bindeled push --dry-run".',
    }),
    planExpired: {
      said: 'Afsendelsesplanen er for gammel; lageret kan have ændret sig siden.',
      advice: 'Lav en ny med "bindeled push --dry-run".',
    },
    planApplied: {
      said: 'Afsendelsesplanen er allerede udført.',
      advice: 'Lav en ny med "bindeled push --dry-run".',
    },
    badImport: (count) => ({
      said: `${many(count, 'linje', 'linjer')} kunne ikke læses, så intet er importeret.`,
      advice: 'Ret linjerne, og importér filen igen.',
    }),
    badImportLater: (count) => ({
      said: `${many(count, 'linje', 'linjer')} kunne ikke længere bruges, da turen kom til dem, fordi noget andet blev ændret imens.`,
      advice: 'Ret linjerne, og importér filen igen.',
    }),
    badId: (value) => ({
      said: `En shops id kan ikke være "${value}".`,
      advice:
        'Det består af bogstaverne a-z, cifre, punktum, understreg og bindestreg og begynder med et bogstav eller et ciffer: dk-b2b.',
    }),
    badValue: (name, value) => ({ said: `${name} kan ikke være "${value}".`, advice: 'Ret det, og prøv igen.' }),
    needsNumber: ({ what, count, given }) => ({
      said: `Planen har ${count} ${what}, ikke ${given}. Intet er sendt.`,
      advice: `Se på planen igen, og angiv ${count}, hvis det er det, du mener.`,
    }),
    needsReason: {
      said: 'Der skal en grund til.',
      advice: 'Angiv hvorfor med --reason; det gemmes sammen med koblingen.',
    },
  },

  ticket: {
    title: (product) => `Produktintegration: ${product}`,
    made: (utc, local) => `Lavet ${utc} (lokal tid ${local}) med Bindeled`,
    name: 'Navn',
    ids: 'Id’er',
    ourId: 'eget id',
    localShort: 'lokal tid',
    stock: 'Beholdning',
    stockSum: (onHand, reserved, available) =>
      `${onHand} på lager - ${reserved} reserveret = ${many(available, 'disponibel', 'disponible')}`,
    shops: 'Shops',
    shop: 'Shop',
    state: 'Tilstand',
    lastSent: 'Sidst sendt',
    shopHas: 'Shoppen har',
    seen: 'Set',
    why: 'Hvorfor',
    history: 'Hvad der er sket',
    time: 'Tid (UTC)',
    local: 'Lokal tid',
    event: 'Hændelse',
    who: 'Hvem',
    marks: 'Noter',
    nothing: 'Der er ikke noteret noget.',
  },
};
