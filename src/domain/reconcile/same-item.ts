import { refKey } from '../changes.ts';
import type { Listing } from '../listing.ts';

/**
 * Whether two things shown under one id are the same thing: by SKU where one has it, else by GTIN. A thing that gained or
 * lost its item number may be another one; two without any identifier count as one. The relation is transitive, so that
 * the order in which things are shown does not matter.
 */
export const isSameItem = (a: Listing, b: Listing): boolean =>
  a.sku === b.sku && (a.sku !== undefined || a.gtin === b.gtin);

/** Shop ids count up, so the shorter of two numbers is the smaller one. */
const compareIds = (a: string, b: string): number =>
  a.length === b.length ? (a < b ? -1 : Number(a > b)) : a.length - b.length;

const compareTexts = (a = '', b = ''): number => (a < b ? -1 : Number(a > b));

/** What tells the age of a listing. */
export type Aged = Pick<Listing, 'ref' | 'listedAt' | 'sku'>;

/**
 * Who was in the shop first, for sorting: by the shop's own date, else the smaller id, else the smaller SKU. A
 * listing without a date comes after those with one. The same whatever the order of pages.
 */
export function compareAge(a: Aged, b: Aged): number {
  if (a.listedAt !== b.listedAt) {
    if (a.listedAt === undefined) return 1;
    if (b.listedAt === undefined) return -1;
    return a.listedAt < b.listedAt ? -1 : 1;
  }
  return (
    compareIds(a.ref.shopProductId, b.ref.shopProductId) ||
    compareIds(a.ref.shopVariantId ?? '', b.ref.shopVariantId ?? '') ||
    compareTexts(refKey(a.ref), refKey(b.ref)) ||
    compareTexts(a.sku, b.sku)
  );
}

/** What of a thing outlives a change of its item number. */
export type Recognised = Pick<Listing, 'gtin' | 'content'> & Partial<Pick<Listing, 'sku' | 'listedAt'>>;

const plainName = ({ content }: Recognised): string => content.name.toLowerCase().replace(/\s+/g, ' ').trim();

/** Numbers of which one holds the other, as where a plug-in puts something before or behind them all. */
const holdsOther = (one: string, other: string): boolean => one.includes(other) || other.includes(one);

/**
 * Whether a thing under another item number is the same thing, as far as it can be recognised. Where number, name and
 * EAN are all another, the shop may have put something else under the id: a database that was replaced gives its ids out
 * anew, to other goods. So may a thing be another that was put up on another day.
 */
export function isRecognised(was: Recognised, now: Recognised): boolean {
  if (was.listedAt !== undefined && now.listedAt !== undefined && was.listedAt !== now.listedAt) return false;
  if (plainName(was) === plainName(now) || was.sku === undefined || now.sku === undefined) return true;
  if (was.gtin !== undefined && was.gtin === now.gtin) return true;
  return holdsOther(was.sku.toLowerCase(), now.sku.toLowerCase());
}
