import type { SyncProgress } from '../../../services/services.ts';

type Of<Key extends string> = Readonly<Record<Key, string>>;

/** English words of the command line. Counts and times come in as ready texts. */
export const cli = {
  // Progress
  phase: {
    waiting: 'waiting',
    reading: 'reading',
    sales: 'reading sales',
    settling: 'settling',
    'confirming-absence': 'asking for the missing',
    done: 'done',
  } satisfies Of<SyncProgress['phase']>,
  waitingUntil: (time: string) => `waits until ${time} because the shop asks for it`,
  left: (time: string) => `${time} left`,
  was: (figure: string) => `was ${figure}`,
  now: (figure: string) => `now ${figure}`,

  // Files
  line: (line: string) => `line ${line}`,
  lineColumn: (line: string, column: string) => `line ${line}, ${column}`,
  problem: {
    'not-a-whole-number': 'not a whole number',
    'decimal-number': 'stock is counted in whole pieces',
    'unknown-product': 'no such item number',
    'unknown-shop': 'no such shop',
    'unknown-listing': 'no such product id in the shop',
    'sku-missing': 'item number is missing',
    'sku-twice': 'the item number is in the file twice',
    'column-missing': 'the column is missing',
    'value-missing': 'the value is missing',
    'not-an-amount': 'not an amount',
    'not-a-row': 'the line cannot be read',
    'too-many-cells': 'the line has more cells than the heading',
    negative: 'may not be negative',
  },
};
