/** What to do about a refusal where keys are at hand, by its kind; others say the same everywhere. */
export const screenAdvice = {
  'unknown-shop': '7 shows them all.',
  'unknown-product': '/ looks for a part of it. A product that only a shop has: 3 and its id there.',
  'shop-exists': 'Take another id, or change the one there is: 7, then E.',
  'address-taken': 'Look at the address, or change the shop there is: 7, then E.',
  'shop-paused': 'Take it up again first: 7, then P.',
  'no-credentials': '7 shows the shops, and E there takes the key.',
  'not-linked': 'w says why.',
  'unknown-listing': 'Look at the id, or fetch it first: 3, the id, then f.',
  'needs-reason': 'Say why; it is kept with the link.',
  'nothing-to-undo': '8 shows what happened.',
  'no-conflict': '5 shows them all.',
  'choice-does-not-fit': '5 shows the conflict and what each choice would do.',
  'unknown-plan': '6 makes a new one.',
  'plan-expired': '6 makes a new one.',
  'plan-applied': '6 makes a new one.',
  'no-warehouse': 'Open Warehouse (: warehouse) and choose one with E.',
  'warehouse-exists': 'Change it with E, or go back to our own stock first with d.',
  'no-warehouse-key': 'Open Warehouse (: warehouse): E takes the key.',
  'no-warehouse-hooks': 'Read it by rounds, or now: S in Warehouse.',
  'one-shop-location': 'Name only the locations of the warehouse that it sells from: A-*, B-1',
  'location-told-twice': 'What lies in one place can be sold once. Take it from one of the two.',
  'told-by-location': 'Say what each location of the shop is told: E in Warehouse.',
  'no-counting': 'Count it in the warehouse system, and read again: S in Warehouse.',
  'not-in-warehouse': 'Tab in Warehouse shows what each side has alone.',
  'stock-from-warehouse': 'Count it in the warehouse system, and read again: S in Warehouse.',
};

/** What to do about trouble with a shop or the store where keys are at hand. What only a command does comes after q. */
export const screenTrouble = {
  anotherShop:
    'It may be a copy or a test shop. Nothing was read or written. Look at its address first: E on the shop. If it was moved or renamed: press S on it, and accept what it calls itself.',
  tooManyRows:
    'If the shop has grown that much: press S on it, and say how many products and variants it has by now. Otherwise ask those who run the shop why it repeats itself.',
  keyInAddress: 'Give the address alone; the key has a line of its own.',
  store: {
    locked: 'Wait a moment and press r. A holder that died is taken over by itself.',
    damaged:
      'Press q to leave. Then "bindeled store check" says what is wrong, and "bindeled store restore" goes back to a copy.',
    'law-broken': 'Nothing was written. Press Y on the product for a ticket, and pass it on.',
    missing: 'Put it back and press r. Or press q, and go back to a copy with "bindeled store restore".',
    'too-large': 'It is time for a database. Until then press q, and run "bindeled store compact".',
    unreachable:
      'Everything that was confirmed is still there. Press r shortly; if it goes on, ask whoever runs the server.',
    disk: 'Look at the disk, then press r.',
  },
  storeWarning: {
    longJournal: (size: string, sensible: string) =>
      `The journal is ${size} and should long have become part of the snapshot (${sensible}). Make room on the disk; then press q, and run "bindeled store compact".`,
    noTextIndex: {
      missing:
        'The database has no pg_trgm, so a search reads every row. Have it made there (create extension pg_trgm); then press q, and run "bindeled store compact".',
      shut: 'pg_trgm is there, but the role may not use the schema that it lies in, so a search reads every row. Have that granted (grant usage on schema); then press q, and run "bindeled store compact".',
      there:
        'pg_trgm is there, but the store has no index of texts yet, so a search reads every row. Press q, and run "bindeled store compact".',
    },
  },
};
