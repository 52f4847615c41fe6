import type { ShopLocation } from '../shop.ts';
import { isMapped, type LocationStock } from './location-stock.ts';

/** What one location of a shop is told; `held` where a figure below nought is kept at nought (H24). */
export type ShopLocationFigure = {
  readonly location: ShopLocation;
  readonly quantity: number;
  readonly held?: number;
};

type ToShare = {
  readonly shopLocations: readonly ShopLocation[];
  /** What may be sold in all. */
  readonly total: number;
  readonly parts: readonly Pick<LocationStock, 'location' | 'available'>[];
  readonly sendsNegative: boolean;
};

/**
 * What each location of a shop may sell: what lies at the locations of the warehouse that it is mapped to. Together
 * never more than may be sold in all: what customers ordered is promised from no location yet, and is taken off where
 * most lies. Less than nothing in all is told at the first. Nothing where goods are said to be there and no location
 * tells of them: unknown, not nought.
 */
export function shopLocationFigures({
  shopLocations,
  total,
  parts,
  sendsNegative,
}: ToShare): readonly ShopLocationFigure[] | undefined {
  if (total > 0 && parts.length === 0) return undefined;
  const told = (location: ShopLocation, free: number): ShopLocationFigure =>
    free < 0 && !sendsNegative ? { location, quantity: 0, held: free } : { location, quantity: free };
  if (total <= 0) return shopLocations.map((location, place) => told(location, place === 0 ? total : 0));
  const figures = shopLocations.map((location) => told(location, availableFrom(location, parts)));
  return withinTotal(figures, total);
}

function availableFrom({ from }: ShopLocation, parts: ToShare['parts']): number {
  const hundredths = parts
    .filter(({ location }) => isMapped(from, location))
    .reduce((sum, part) => sum + Math.round(part.available * 100), 0);
  return Math.floor(hundredths / 100);
}

function withinTotal(figures: readonly ShopLocationFigure[], total: number): readonly ShopLocationFigure[] {
  let excess = figures.reduce((sum, { quantity }) => sum + quantity, 0) - total;
  const left = new Map(figures.map((figure) => [figure, figure.quantity]));
  for (const figure of figures.toSorted((a, b) => b.quantity - a.quantity)) {
    const less = Math.max(0, Math.min(excess, figure.quantity));
    left.set(figure, figure.quantity - less);
    excess -= less;
  }
  return figures.map((figure) => ({ ...figure, quantity: left.get(figure) ?? figure.quantity }));
}

/** Whether two lists of locations of a warehouse, with patterns, can name the same one. */
export const overlaps = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((a) => other.some((b) => isMapped([a], stem(b)) || isMapped([b], stem(a))));

/** The shortest name that a pattern fits, which is in every pattern that has a name in common with a longer one. */
const stem = (pattern: string): string => (pattern.endsWith('*') ? pattern.slice(0, -1) : pattern);
