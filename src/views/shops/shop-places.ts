import type { IntegrationPage } from '../../services/integrations/integration-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { healthSign, healthTone, shopLine } from './shop-lines.ts';

/** How many lines of a shop's list are linked, missing, in conflict, with another figure. */
export type ShopPlaces = IntegrationPage['counts'];

const expectedIn = ({ linked, missing, conflict }: ShopPlaces): number => linked + missing + conflict;

/** A shop that lacks a link or shows another figure is not as it should be. */
const lacks = (places: ShopPlaces): boolean => places.linked < expectedIn(places) || places['stock-differs'] > 0;

/** How a shop stands, as a sign and its tone. One that answers and lacks links is not as it should be. */
export function shopSign(
  overview: ShopOverview,
  places: ShopPlaces | undefined,
  format: FormatContext,
): { readonly sign: string; readonly tone: Tone } {
  const { sign, tone } = shopLine(overview, format);
  const isWaiting = places !== undefined && lacks(places) && overview.health === 'good' && tone === 'quiet';
  return isWaiting ? { sign: healthSign('stale'), tone: healthTone('stale') } : { sign, tone };
}

/** A count, and nothing where there are none. */
export const someNumber = (count: number | undefined, words: Words): string =>
  count === undefined || count === 0 ? '' : number(count, words);

/** Links, of how many where some are missing. */
export const linksText = (links: number, places: ShopPlaces | undefined, of: string, words: Words): string =>
  places === undefined || places.linked >= expectedIn(places)
    ? number(places?.linked ?? links, words)
    : `${number(places.linked, words)}${of}${number(expectedIn(places), words)}`;

export const linksTone = (places: ShopPlaces | undefined): Tone | undefined =>
  places !== undefined && places.linked < expectedIn(places) ? 'waiting' : undefined;
