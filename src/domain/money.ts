import type { Money } from './product.ts';

// ISO 4217: currencies whose smallest unit is not a hundredth.
const unusual: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

/** How many decimals an amount in this currency has: two for most, none for ISK and JPY, three for KWD. */
export const minorDigits = (currency: string): number => unusual.get(currency) ?? 2;

/** An amount in whole units: kroner, not øre. */
export const wholeUnits = ({ minor, currency }: Money): number => minor / 10 ** minorDigits(currency);

/** An amount as plain text with a point, for another program or for listing beside another: "1234.50 DKK". */
export const moneyText = (money: Money): string =>
  `${wholeUnits(money).toFixed(minorDigits(money.currency))} ${money.currency}`;

/** Sums by currency; amounts in different currencies are never added to each other. */
export function sumsOf(amounts: Iterable<Money>): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums].map(([currency, minor]) => ({ minor, currency }));
}
