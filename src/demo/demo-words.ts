/** What the demo itself says; the program says the rest in its own words. */
export const demoWords = {
  en: {
    startup:
      'Seven simulated shops on this machine: DK, NO and EU on WooCommerce, SE and DE on Shopify, B2B on DanDomain Webshop, FR on PrestaShop.',
    scheduled: 'Three weeks pass: the shops are read over HTTP, counts are sent out, people make their mistakes.',
    reading: (shop: string, seen: number, total: string) => `  ${shop}: ${seen}${total} read`,
    ready: (ms: number) => `Ready after ${(ms / 1000).toFixed(1)} s.`,
    serving: 'The shops are open until you press Ctrl-C. Copy these lines into another terminal:',
    readOnlyKey: 'A key for EU that may not write, to see what is said then:',
    tryNext: 'Then try:',
    over: 'The shops are closed and the throw-away store is gone. Run it in a terminal to see the dashboard.',
    unknown: (word: string) =>
      `The demo does not know "${word}". It takes --serve, --warehouse peakwms|tryton, --lang da|en, and for the dashboard --theme, --ascii, --plain and --read-only.`,
    sections: {
      shops: 'Seven shops on four platforms, and how they are',
      sync: 'Reading what changed since the last time',
      lookUp: 'Somebody calls: "the boots are gone in Sweden". Look the product up by its item number',
      byId: 'Somebody pastes a shop product id: who holds it, and who else wants it?',
      why: 'A link is missing. Why?',
      whyUser: 'Another one, and another reason',
      missing: 'Everything that one shop lacks',
      conflicts: 'Two that want the same',
      inactive: 'Goods on the shelf that nobody can buy, the dearest first',
      push: 'What the shops would be told, and what stops to ask. Nothing is sent yet',
      log: 'What happened, newest first',
    },
  },
  da: {
    startup:
      'Syv simulerede shops på denne maskine: DK, NO og EU på WooCommerce, SE og DE på Shopify, B2B på DanDomain Webshop, FR på PrestaShop.',
    scheduled: 'Tre uger går: shoppene læses over HTTP, lagertal sendes ud, og folk begår deres fejl.',
    reading: (shop: string, seen: number, total: string) => `  ${shop}: ${seen}${total} læst`,
    ready: (ms: number) => `Klar efter ${(ms / 1000).toFixed(1).replace('.', ',')} sek.`,
    serving: 'Shoppene er åbne, til du trykker Ctrl-C. Kopiér linjerne til en anden terminal:',
    readOnlyKey: 'En nøgle til EU, der ikke må skrive, så du kan se, hvad der så bliver sagt:',
    tryNext: 'Prøv så:',
    over: 'Shoppene er lukket, og de midlertidige data er væk. Kør den i en terminal for at se skærmbillederne.',
    unknown: (word: string) =>
      `Demoen kender ikke "${word}". Den tager --serve, --warehouse peakwms|tryton, --lang da|en og til overblikket --theme, --ascii, --plain og --read-only.`,
    sections: {
      shops: 'Syv shops på fire platforme, og hvordan de har det',
      sync: 'Læs, hvad der er ændret siden sidst',
      lookUp: 'En ringer: "støvlerne er væk i Sverige". Slå produktet op på varenummer',
      byId: 'En sender et shop-produkt-id: hvem har det, og hvem vil ellers have det?',
      why: 'En produktintegration mangler. Hvorfor?',
      whyUser: 'En til, og en anden grund',
      missing: 'Alt, hvad en shop mangler',
      conflicts: 'To, der vil have det samme',
      inactive: 'Varer på hylden, som ingen kan købe, de dyreste først',
      push: 'Hvad shoppene ville få at vide, og hvad der stopper og spørger. Intet er sendt endnu',
      log: 'Hvad der er sket, det nyeste først',
    },
  },
} as const;
export type DemoWords = (typeof demoWords)['en' | 'da'];
