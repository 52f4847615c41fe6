import type { cli as list } from '../en/cli.ts';

/** Danish words of the command line. */
export const cli: typeof list = {
  phase: {
    waiting: 'venter',
    reading: 'læser',
    sales: 'læser salg',
    settling: 'gør færdig',
    'confirming-absence': 'spørger efter de manglende',
    done: 'færdig',
  },
  waitingUntil: (time) => `venter til ${time}, fordi shoppen beder om det`,
  left: (time) => `${time} tilbage`,
  was: (figure) => `var ${figure}`,
  now: (figure) => `nu ${figure}`,

  line: (line) => `linje ${line}`,
  lineColumn: (line, column) => `linje ${line}, ${column}`,
  problem: {
    'not-a-whole-number': 'ikke et helt tal',
    'decimal-number': 'beholdning tælles i hele stykker',
    'unknown-product': 'varenummeret findes ikke',
    'unknown-shop': 'shoppen findes ikke',
    'unknown-listing': 'produkt id findes ikke i shoppen',
    'sku-missing': 'varenummeret mangler',
    'sku-twice': 'varenummeret står to gange i filen',
    'column-missing': 'kolonnen mangler',
    'value-missing': 'værdien mangler',
    'not-an-amount': 'ikke et beløb',
    'not-a-row': 'linjen kan ikke læses',
    'too-many-cells': 'linjen har flere felter end overskriften',
    negative: 'må ikke være negativt',
  },
};
