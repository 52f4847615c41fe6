import type { screenAdvice as English, screenTrouble as EnglishTrouble } from '../en/screen-advice.ts';

/** Danske råd, hvor tasterne er ved hånden. */
export const screenAdvice: typeof English = {
  'unknown-shop': '7 viser dem alle.',
  'unknown-product': '/ søger efter en del af det. Et produkt, som kun en shop har: 3 og dets id dér.',
  'shop-exists': 'Vælg et andet id, eller ret den, der er: 7 og så E.',
  'address-taken': 'Se på adressen, eller ret den shop, der er: 7 og så E.',
  'shop-paused': 'Genoptag den først: 7 og så P.',
  'no-credentials': '7 viser shopperne, og E dér tager imod nøglen.',
  'not-linked': 'w siger hvorfor.',
  'unknown-listing': "Se på id'et, eller hent det først: 3, id'et og så f.",
  'needs-reason': 'Skriv hvorfor; det gemmes sammen med koblingen.',
  'nothing-to-undo': '8 viser, hvad der er sket.',
  'no-conflict': '5 viser dem alle.',
  'choice-does-not-fit': '5 viser konflikten, og hvad hvert valg ville gøre.',
  'unknown-plan': '6 laver en ny.',
  'plan-expired': '6 laver en ny.',
  'plan-applied': '6 laver en ny.',
  'no-warehouse': 'Åbn Lager (: lager), og vælg et med E.',
  'warehouse-exists': 'Ret det med E, eller gå først tilbage til vores egen beholdning med d.',
  'no-warehouse-key': 'Åbn Lager (: lager): E tager imod nøglen.',
  'no-warehouse-hooks': 'Hent med faste mellemrum, eller nu: S i Lager.',
  'one-shop-location': 'Nævn kun de lagerlokationer, den sælger fra: A-*, B-1',
  'location-told-twice': 'Det, der ligger ét sted, kan sælges én gang. Tag det fra den ene af de to.',
  'told-by-location': 'Angiv, hvad hver af shoppens lokationer får at vide: E i Lager.',
  'no-counting': 'Tæl i lagersystemet, og hent igen: S i Lager.',
  'not-in-warehouse': 'Tab i Lager viser, hvad hver side har alene.',
  'stock-from-warehouse': 'Tæl i lagersystemet, og hent igen: S i Lager.',
};

/** Danske råd om vrøvl med en shop eller datafilen, hvor tasterne er ved hånden. */
export const screenTrouble: typeof EnglishTrouble = {
  anotherShop:
    'Det kan være en kopi eller en testshop. Intet er læst eller skrevet. Se først på adressen: E på shoppen. Er den flyttet eller omdøbt: tryk S på den, og godkend, hvad den kalder sig.',
  tooManyRows:
    'Er shoppen vokset så meget: tryk S på den, og angiv, hvor mange produkter og varianter den har nu. Spørg ellers dem, der driver shoppen, hvorfor den gentager sig selv.',
  keyInAddress: 'Angiv adressen alene; nøglen har sin egen linje.',
  store: {
    locked: 'Vent lidt, og tryk r. Er det andet program dødt, bliver det overtaget af sig selv.',
    damaged:
      'Tryk q for at forlade Bindeled. Så siger "bindeled store check", hvad der er galt, og "bindeled store restore" går tilbage til en kopi.',
    'law-broken': 'Intet er skrevet. Tryk Y på produktet, og send sagen videre.',
    missing: 'Læg den tilbage, og tryk r. Eller tryk q, og gå tilbage til en kopi med "bindeled store restore".',
    'too-large': 'Det er tid til en database. Indtil da: tryk q, og kør "bindeled store compact".',
    unreachable:
      'Alt, der er bekræftet, er der stadig. Tryk r om lidt; bliver det ved, så spørg den, der driver serveren.',
    disk: 'Se på disken, og tryk r.',
  },
  storeWarning: {
    longJournal: (size, sensible) =>
      `Journalen fylder ${size} og skulle for længst være samlet (${sensible}). Skaf plads på disken; tryk så q, og kør "bindeled store compact".`,
    noTextIndex: {
      missing:
        'Databasen har ikke pg_trgm, så en søgning læser alle rækker. Få den oprettet (create extension pg_trgm); tryk så q, og kør "bindeled store compact".',
      shut: 'pg_trgm er der, men rollen må ikke bruge det skema, den ligger i, så en søgning læser alle rækker. Få rollen givet lov til det (grant usage on schema); tryk så q, og kør "bindeled store compact".',
      there:
        'pg_trgm er der, men datafilen har endnu intet indeks over tekster, så en søgning læser alle rækker. Tryk q, og kør "bindeled store compact".',
    },
  },
};
