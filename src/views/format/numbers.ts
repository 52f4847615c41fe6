import { minorDigits, wholeUnits } from '../../domain/money.ts';
import type { Money } from '../../domain/product.ts';
import type { Words } from '../words/words.ts';

const grouped = (digits: string, separator: string): string => digits.replace(/\B(?=(\d{3})+$)/g, separator);

/** A whole number with its thousands parted as the language does it. */
export const number = (value: number, words: Words): string => {
  const whole = grouped(String(Math.trunc(Math.abs(value))), words.domain.thousands);
  return value < 0 ? `-${whole}` : whole;
};

/** A number with so many decimals. */
export const decimal = (value: number, decimals: number, words: Words): string => {
  const [whole = '0', rest] = Math.abs(value).toFixed(decimals).split('.');
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '-' : '';
  return sign + grouped(whole, words.domain.thousands) + (rest === undefined ? '' : words.domain.decimal + rest);
};

/** An amount with its currency: "1.234,50 DKK". */
export const money = (amount: Money, words: Words): string =>
  `${decimal(wholeUnits(amount), minorDigits(amount.currency), words)} ${amount.currency}`;

/** An amount in whole units, for a narrow column: "1.235 DKK". */
export const roundMoney = (amount: Money, words: Words): string =>
  `${number(Math.round(wholeUnits(amount)), words)} ${amount.currency}`;
